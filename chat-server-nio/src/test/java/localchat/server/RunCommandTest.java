package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RunCommandTest {
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine =
            ServerMain.commandLine(false).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --port 65536",
                "run --port -1",
                "run --port abc",
                "run --port 99999999999",
                "run --port",
                "run --host 999.1.1.1",
                "run --host 1.2.3",
                "run --host 1.2.3.4.5",
                "run --host 256.0.0.1",
                "run --host 1234",
                "run --host ::1::2",
                "run --host fe80::g",
                "run --host a..b",
                "run --host a_b!c",
                "run --unknown",
                "run stray",
                "run --store memory --keep 0",
                "run --keep 10",
                "run --store memory --data x",
                "run --data",
                "run --posts-per-second -1",
                "run --store disk",
                "run --auth none",
                "run --auth none --plaintext=maybe",
                "run --plaintext --host 0.0.0.0",
                "run --plaintext --host ::",
                "run --plaintext --host 192.0.2.1",
                "run --plaintext --host 127.0.0.1 --host 192.0.2.1",
                "wander",
                ""
            })
    void isExitTwoAndOneLineForAMalformedCommandLine(String arguments) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
        assertEquals(2, commandLine.execute(words));
        assertOneLine();
    }

    @Test
    void isExitTwoForANameThatDoesNotFit() {
        assertEquals(2, commandLine.execute("run", "--name", "x".repeat(65)));
        assertOneLine();
    }

    @Test
    void isExitOneForAHostThatCannotBeResolved() {
        assertEquals(1, execute("--port", "0", "--host", "nosuchhost.invalid"));
        assertOneLine();
    }

    @Test
    void isExitOneForAnAddressThatIsNotThisMachines() {
        assertEquals(1, execute("--port", "0", "--host", "203.0.113.1"));
        assertOneLine();
    }

    @Test
    void isExitOneForAPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertEquals(1, execute("--port", port, "--host", "127.0.0.1"));
            assertOneLine();
            assertTrue(err.toString().contains("in use"), err::toString);
        }
    }

    private int execute(String... options) {
        List<String> words = new ArrayList<>(List.of("run", "--store", "memory"));
        words.addAll(List.of(options));
        return commandLine.execute(words.toArray(String[]::new));
    }

    private void assertOneLine() {
        String said = err.toString();
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.startsWith("chat-server: "), said);
    }
}
