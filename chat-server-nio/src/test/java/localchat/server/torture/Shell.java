package localchat.server.torture;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs of the machine that make its disks and networks.
final class Shell {
    private static final int PATIENCE_SECONDS = 30;

    private Shell() {}

    /// Runs a command to its end, at most 30 s.
    ///
    /// @return what it printed, without white space at the ends
    /// @throws IOException when it failed; the message has what it printed
    static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("not done within 30 s: " + List.of(command));
            }
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (process.exitValue() != 0) {
                throw new IOException(List.of(command) + " said " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it ran: " + List.of(command), e);
        } finally {
            process.destroyForcibly();
        }
    }

    /// Whether a command runs and succeeds.
    static boolean works(String... command) {
        try {
            run(command);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Skips the test where this is not Linux or the user is not root.
    ///
    /// @param what needs that
    static void assumeRoot(String what) {
        assumeTrue(System.getProperty("os.name").equals("Linux"), what + " need Linux");
        assumeTrue(System.getProperty("user.name").equals("root"), what + " need root");
    }

    /// Skips the test where a program is not installed.
    static void assumeProgram(String program, String... answersTo) {
        assumeTrue(works(answersTo), "needs the program " + program);
    }
}
