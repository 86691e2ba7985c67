package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import localchat.core.client.ChatSession;
import localchat.core.client.Profile;
import localchat.core.client.ServerTrust;
import localchat.core.client.SessionConfig;
import localchat.server.ChatServer;
import localchat.server.ServerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The pipe mode with the real session and a real server on loopback.
@Timeout(60)
class PipeSocketTest {
    @TempDir private Path profiles;
    private ChatServer server;

    @BeforeEach
    void startServer() throws Exception {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = ChatServer.start(ServerConfig.standard(List.of(loopback), "test").plaintext());
    }

    @AfterEach
    void stopServer() throws Exception {
        assertTrue(server.stop(Duration.ofSeconds(5)));
    }

    /// What a run left behind.
    private record Result(int exitCode, List<String> out, List<String> err) {
        List<Map<String, String>> json() {
            return out.stream().map(TinyJson::object).toList();
        }

        List<String> texts() {
            return json().stream()
                    .filter(line -> line.containsKey("text"))
                    .map(line -> line.get("text"))
                    .toList();
        }
    }

    private Result run(String name, String input, String... more) throws Exception {
        Texts texts = new Texts(Language.ENGLISH);
        int port = server.listening().getFirst().getPort();
        List<String> arguments =
                new ArrayList<>(List.of("--server", "localhost:" + port, "--name", name));
        arguments.addAll(List.of("--plaintext", "--profile", profiles.resolve(name).toString()));
        arguments.addAll(List.of(more));
        TerminalOptions options =
                ((Invocation.Run)
                                new CommandLineReader(texts, "1")
                                        .read(arguments.toArray(String[]::new)))
                        .options();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PipeMode.Streams streams =
                new PipeMode.Streams(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new LineOutput(out),
                        new ErrorOutput(err));
        try (Profile profile = Profile.open(options.profileFolder())) {
            SessionConfig config =
                    new SessionConfig(
                            options.server(),
                            new ServerTrust.Plaintext(),
                            options.name(),
                            options.room(),
                            profile.key(),
                            "test",
                            options.connectTimeout(),
                            true);
            int code =
                    new PipeMode(options, streams, texts, new NanoClock.SystemNanoClock())
                            .run(
                                    listener -> ChatSession.create(config, listener),
                                    new Times(ZoneOffset.UTC));
            return new Result(code, lines(out), lines(err));
        }
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void postsWhatIsReadAndReadsBackWhatWasPosted() throws Exception {
        assertEquals(new Result(0, List.of(), List.of()), run("ana", "olá 🐢\n/quit\n"));
        Result read = run("bob", "", "--json", "--history", "10");
        assertEquals(ExitCode.OK, read.exitCode());
        assertEquals(List.of("olá 🐢", "/quit"), read.texts());
        assertEquals(
                List.of("state", "message", "message", "joined"),
                read.json().stream()
                        .map(line -> line.get("type"))
                        .filter(type -> !type.equals("presence"))
                        .toList());
    }

    @Test
    void postsEachLineOnceHoweverOftenTheInputIsFedWithOneKey() throws Exception {
        List<String> all = IntStream.range(0, 300).mapToObj(n -> "line " + n).toList();
        String input = String.join("\n", all);
        String half = String.join("\n", all.subList(0, 150));
        assertEquals(ExitCode.OK, run("ana", half, "--once", "k").exitCode());
        assertEquals(ExitCode.OK, run("ana", input, "--once", "k").exitCode());
        Result again = run("ana", input, "--once", "k", "--json");
        assertEquals(ExitCode.OK, again.exitCode());
        assertEquals(all, again.texts());
        assertEquals(all, run("bob", "", "--json", "--history", "1000").texts());
    }

    @Test
    void refusesAnotherInputUnderTheSameKey() throws Exception {
        assertEquals(ExitCode.OK, run("ana", "one", "--once", "k").exitCode());
        Result other = run("ana", "another", "--once", "k");
        assertEquals(ExitCode.FAILED, other.exitCode());
        assertTrue(other.err().getFirst().contains("line 1 was refused: CONFLICT"));
    }

    @Test
    void readsALongHistoryInOrderPageByPage() throws Exception {
        String input = String.join("\n", IntStream.range(0, 1_500).mapToObj(n -> "m" + n).toList());
        assertEquals(ExitCode.OK, run("ana", input).exitCode());
        List<String> all = input.lines().toList();
        assertEquals(all, run("bob", "", "--json", "--history", "1000000").texts());
        assertEquals(
                all.subList(300, 1_500), run("bob", "", "--json", "--history", "1200").texts());
        assertEquals(all.subList(1_497, 1_500), run("bob", "", "--json", "--history", "3").texts());
    }

    @Test
    void saysThatNothingListens() throws Exception {
        assertTrue(server.stop(Duration.ofSeconds(5)));
        Result refused = run("ana", "x\n");
        assertEquals(ExitCode.FAILED, refused.exitCode());
        assertEquals(1, refused.err().size());
        assertTrue(refused.err().getFirst().startsWith("chat-term: nothing listens on localhost:"));
    }
}
