package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that ask a running server.
class OperatorSocketTest {
    @TempDir private Path parent;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private ChatServer serve(Path folder, boolean encrypted) throws IOException {
        ServerConfig memory = TestServers.standard();
        return ChatServer.start(
                new ServerConfig(
                        memory.addresses(),
                        memory.name(),
                        encrypted,
                        true,
                        false,
                        memory.postsPerSecond(),
                        memory.postsBurst(),
                        new StoreConfig.Durable(folder),
                        memory.ringBytesMax(),
                        memory.net()));
    }

    private int invite(Path folder) {
        return ServerMain.commandLine(false)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("invite", "--data", folder.toString());
    }

    @Test
    void getTheServersLink() throws IOException {
        try (ChatServer server = serve(parent.resolve("data"), true)) {
            assertEquals(0, invite(parent.resolve("data")), err::toString);
            assertEquals(server.joinLink().orElseThrow() + System.lineSeparator(), out.toString());
            assertTrue(err.toString().contains("needs no invite"), err::toString);
        }
    }

    @Test
    void reachAFolderWithALongPath() throws IOException {
        Path folder = parent.resolve("d".repeat(120));
        try (ChatServer _ = serve(folder, true)) {
            assertEquals(0, invite(folder), err::toString);
            assertTrue(Files.isSymbolicLink(folder.resolve("control.sock")));
        }
        assertFalse(Files.exists(folder.resolve("control.sock"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void hearThatAServerWithoutEncryptionHasNoLink() throws IOException {
        Path folder = parent.resolve("data");
        try (ChatServer server = serve(folder, false)) {
            assertTrue(server.joinLink().isEmpty());
            assertEquals(1, invite(folder));
            assertTrue(err.toString().contains("has no join link"), err::toString);
        }
    }

    @Test
    void findNobodyOnceTheServerHasEnded() throws IOException {
        Path folder = parent.resolve("data");
        serve(folder, true).close();
        assertFalse(Files.exists(folder.resolve("control.sock"), LinkOption.NOFOLLOW_LINKS));
        assertEquals(1, invite(folder));
    }

    @Test
    void areDoneWithoutByAServerWhoseSocketCannotBeMade() throws Exception {
        Path folder = parent.resolve("data");
        Files.createDirectories(folder.resolve("control.sock"));
        try (LogLines log = new LogLines()) {
            ChatServer server = serve(folder, true);
            server.close();
            assertFalse(server.hasFailed());
            assertEquals(1, log.complaints().size(), log.complaints()::toString);
            String line = log.complaints().getFirst();
            assertTrue(line.startsWith("WARN: chat-server invite cannot reach"), line);
            assertTrue(line.contains("is no socket"), line);
        }
    }
}
