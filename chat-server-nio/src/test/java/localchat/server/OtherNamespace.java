package localchat.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A network namespace beside this one, joined to it by a pair of virtual cables: its programs come
/// to the server from an address that is not loopback. Made for one test and removed with it.
final class OtherNamespace implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final String name;
    private final String cable;
    private final String network;

    /// Makes it; skips the test where that cannot be done.
    static OtherNamespace create() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux"), "network namespaces are of Linux");
        assumeTrue(System.getProperty("user.name").equals("root"), "network namespaces need root");
        assumeTrue(works("ip", "netns", "list"), "network namespaces need the program ip");
        long number = ProcessHandle.current().pid() % 60_000;
        OtherNamespace namespace = new OtherNamespace(number);
        try {
            namespace.make();
        } catch (IOException e) {
            namespace.close();
            assumeTrue(false, "no network namespace can be made here: " + e.getMessage());
        }
        return namespace;
    }

    private OtherNamespace(long number) {
        this.name = "localchat-" + number;
        this.cable = "lc" + number;
        this.network = "10.%d.%d.".formatted(200 + number / 256 % 50, number % 256);
    }

    private void make() throws IOException {
        run("ip", "netns", "add", name);
        run("ip", "link", "add", cable + "a", "type", "veth", "peer", "name", cable + "b");
        run("ip", "link", "set", cable + "b", "netns", name);
        run("ip", "addr", "add", hostAddress() + "/30", "dev", cable + "a");
        run("ip", "link", "set", cable + "a", "up");
        run("ip", "-n", name, "addr", "add", network + "2/30", "dev", cable + "b");
        run("ip", "-n", name, "link", "set", cable + "b", "up");
    }

    /// This side's address, as the other side sees it.
    String hostAddress() {
        return network + "1";
    }

    /// Runs a main class of the tests in there and returns what it printed.
    ///
    /// @param seconds longest wait for its end
    String runJava(Class<?> main, int seconds, String... arguments) throws IOException {
        String classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx128m"));
        command.addAll(List.of("-cp", classes, main.getName()));
        command.addAll(Arrays.asList(arguments));
        return run(seconds, command);
    }

    @Override
    public void close() {
        works("ip", "link", "delete", cable + "a");
        works("ip", "netns", "delete", name);
    }

    private static void run(String... command) throws IOException {
        run(PATIENCE_SECONDS, List.of(command));
    }

    private static boolean works(String... command) {
        try {
            run(command);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(int seconds, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IOException("not done within " + seconds + " s: " + command);
            }
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException(command + " said " + said.strip());
            }
            return said.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it ran: " + command, e);
        } finally {
            process.destroyForcibly();
        }
    }
}
