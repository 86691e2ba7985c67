package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import localchat.core.identity.JoinLink;
import localchat.core.model.ServerAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineReaderTest {
    private static final String KEY = "A".repeat(42) + "E";
    private static final List<String> WHO = List.of("--server", "localhost:7667", "--name", "ana");

    private static final List<String> OPTIONS =
            List.of(
                    "--server HOST:PORT|LINK",
                    "--name NAME",
                    "--room ROOM",
                    "--profile DIR",
                    "--json",
                    "--follow",
                    "--history N",
                    "--key KEY",
                    "--accept-new",
                    "--timeout S",
                    "--once KEY",
                    "--plaintext",
                    "--help",
                    "--version");

    @Test
    void takesAJoinLink() {
        TerminalOptions options =
                runWith("--server", "localchat://box:7777,[::1]/?key=" + KEY, "--name", "ana");
        assertEquals("box:7777", options.server().toString());
        assertEquals(
                new TrustWish.Key(JoinLink.parseKey(KEY), List.of(new ServerAddress("::1", 7667))),
                options.trust());
    }

    @Test
    void takesAKey() {
        assertEquals(
                new TrustWish.Key(JoinLink.parseKey(KEY), List.of()),
                run(List.of("--key", KEY)).trust());
        assertEquals(new TrustWish.Typed(true), run(List.of("--accept-new")).trust());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "box.example", "0.0.0.0", "[::]", "localhost.example"})
    void speaksWithoutEncryptionToThisComputerOnly(String server) {
        String complaint = refusal(List.of("--server", server, "--name", "ana", "--plaintext"));
        assertTrue(complaint.contains("--plaintext"), complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "[::1]:7", "localhost", "LOCALHOST:1"})
    void speaksWithoutEncryptionToThisComputer(String server) {
        assertEquals(
                new TrustWish.Plaintext(),
                runWith("--server", server, "--name", "ana", "--plaintext").trust());
    }

    @Test
    void refusesALinkWithAnotherKey() {
        String other = "B" + KEY.substring(1);
        String complaint =
                refusal(
                        List.of(
                                "--server",
                                "localchat://box/?key=" + KEY,
                                "--name",
                                "ana",
                                "--key",
                                other));
        assertTrue(complaint.contains("--key"), complaint);
    }

    @Test
    void takesTheDefaults() {
        TerminalOptions options = run(List.of());
        assertEquals("localhost:7667", options.server().toString());
        assertEquals("ana", options.name().value());
        assertEquals("general", options.room().value());
        assertEquals(Optional.empty(), options.profile());
        assertEquals(OptionalLong.empty(), options.history());
        assertEquals(Duration.ofSeconds(10), options.timeout());
        assertEquals(Optional.empty(), options.onceKey());
        assertFalse(options.json() || options.follow());
        assertEquals(new TrustWish.Typed(false), options.trust());
    }

    @Test
    void takesEveryOption() {
        TerminalOptions options =
                run(
                        List.of(
                                "--room=#oficina",
                                "--profile",
                                "here/ana",
                                "--json",
                                "--follow",
                                "--history",
                                "250",
                                "--timeout",
                                "2.5",
                                "--once",
                                "a key",
                                "--plaintext"));
        assertEquals("oficina", options.room().value());
        assertEquals(Optional.of(Path.of("here/ana")), options.profile());
        assertEquals(OptionalLong.of(250), options.history());
        assertEquals(Duration.ofMillis(2_500), options.timeout());
        assertEquals("2.5", options.timeoutInSeconds());
        assertEquals(Optional.of("a key"), options.onceKey());
        assertTrue(options.json() && options.follow());
        assertEquals(new TrustWish.Plaintext(), options.trust());
    }

    @Test
    void waitsForTheConnectionNoLongerThanForAcknowledgements() {
        assertEquals(Duration.ofSeconds(2), run(List.of("--timeout", "2")).connectTimeout());
        assertEquals(Duration.ofSeconds(10), run(List.of("--timeout", "60")).connectTimeout());
    }

    /// What is wrong, and a word that the complaint must have.
    static List<List<String>> wrongOptions() {
        return List.of(
                List.of("--bogus", "--bogus"),
                List.of("stray", "stray"),
                List.of("-x", "-x"),
                List.of("--name", "bob", "--name"),
                List.of("--json", "--json", "--json"),
                List.of("--room", "--room"),
                List.of("--room", "--json", "--room"),
                List.of("--room", "", "--room"),
                List.of("--room", "a\nb", "--room"),
                List.of("--profile", "", "--profile"),
                List.of("--profile", "a\0b", "--profile"),
                List.of("--history", "-1", "--history"),
                List.of("--history", "ten", "--history"),
                List.of("--history", "", "--history"),
                List.of("--history", "1.5", "--history"),
                List.of("--history", "9999999999999999999", "--history"),
                List.of("--timeout", "0", "--timeout"),
                List.of("--timeout", "0.0", "--timeout"),
                List.of("--timeout", "-5", "--timeout"),
                List.of("--timeout", "soon", "--timeout"),
                List.of("--timeout", "1e3", "--timeout"),
                List.of("--timeout", "86401", "--timeout"),
                List.of("--timeout", "NaN", "--timeout"),
                List.of("--key", "", "key"),
                List.of("--key", "A".repeat(42), "key"),
                List.of("--plaintext", "--accept-new", "--plaintext"),
                List.of("--plaintext", "--key", KEY, "--plaintext"),
                List.of("--once", "", "--once"),
                List.of("--once", "--once"));
    }

    @ParameterizedTest
    @MethodSource("wrongOptions")
    void refusesWhatIsWrongInOneLineThatNamesIt(List<String> wrong) {
        List<String> arguments = new ArrayList<>(WHO);
        arguments.addAll(wrong.subList(0, wrong.size() - 1));
        String complaint = refusal(arguments);
        assertTrue(complaint.contains(wrong.getLast()), complaint);
        assertOneLine(complaint);
    }

    /// Server, name, and a word that the complaint must have.
    static List<List<String>> wrongPeople() {
        return List.of(
                List.of("localhost:0", "ana", "--server"),
                List.of("localhost:65536", "ana", "--server"),
                List.of("localhost:x", "ana", "--server"),
                List.of("localhost:", "ana", "--server"),
                List.of(":7667", "ana", "--server"),
                List.of("999.1.1.1:7667", "ana", "--server"),
                List.of("1.2.3:7667", "ana", "--server"),
                List.of("[::1:7667", "ana", "--server"),
                List.of("a b:7667", "ana", "--server"),
                List.of("", "ana", "--server"),
                List.of("localchat://box/", "ana", "--server"),
                List.of("localchat://box/?key=" + KEY.substring(1), "ana", "--server"),
                List.of("localhost:7667", "", "--name"),
                List.of("localhost:7667", "a\u202Eb", "--name"),
                List.of("localhost:7667", "x".repeat(65), "--name"));
    }

    @ParameterizedTest
    @MethodSource("wrongPeople")
    void refusesAServerOrNameThatIsNone(List<String> wrong) {
        String complaint = refusal(List.of("--server", wrong.get(0), "--name", wrong.get(1)));
        assertTrue(complaint.contains(wrong.get(2)), complaint);
        assertOneLine(complaint);
    }

    @Test
    void refusesToStartWithoutServerOrName() {
        assertTrue(refusal(List.of("--name", "ana")).startsWith("--server is missing"));
        assertTrue(refusal(List.of("--server", "a:1")).startsWith("--name is missing"));
        assertTrue(refusal(List.of()).contains("usage: chat-term --server HOST:PORT"));
    }

    private static void assertOneLine(String complaint) {
        assertEquals(complaint, Escapes.plain(complaint));
        assertFalse(complaint.contains("Exception"), complaint);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void helpsInEachLanguageWithoutAnyOtherOption(Language language) {
        Invocation.Show help =
                assertInstanceOf(
                        Invocation.Show.class,
                        new CommandLineReader(new Texts(language), "1").read("--help"));
        for (String option : OPTIONS) {
            assertTrue(help.text().contains(option.replace(' ', '=')), help.text());
        }
        assertTrue(help.text().lines().allMatch(line -> line.length() <= 80), help.text());
    }

    @Test
    void tellsItsVersionWithoutAnyOtherOption() {
        assertEquals(new Invocation.Show("chat-term 1.2\n"), read(List.of("--version")));
    }

    private static TerminalOptions run(List<String> more) {
        List<String> arguments = new ArrayList<>(WHO);
        arguments.addAll(more);
        return assertInstanceOf(Invocation.Run.class, read(arguments)).options();
    }

    private static TerminalOptions runWith(String... arguments) {
        return assertInstanceOf(Invocation.Run.class, read(List.of(arguments))).options();
    }

    private static String refusal(List<String> arguments) {
        return assertInstanceOf(Invocation.Refuse.class, read(arguments)).complaint();
    }

    private static Invocation read(List<String> arguments) {
        return new CommandLineReader(new Texts(Language.ENGLISH), "1.2")
                .read(arguments.toArray(String[]::new));
    }
}
