package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import localchat.server.admin.Answer;
import localchat.server.admin.ControlChannel;
import localchat.server.admin.FakeOperator;
import localchat.server.admin.InviteWish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InviteCommandTest {
    private static final String LINK =
            "localchat://192.0.2.1:7667/?key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final String CODE = "7KQ2M-9XW4T-BC3ZD-H8RPN";

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final FakeOperator operator = new FakeOperator();
    private ControlChannel channel;

    @BeforeEach
    void open() throws IOException {
        operator.link(new Answer.Text(LINK));
        operator.invite(answer -> answer.accept(new Answer.Text(CODE)));
        channel = ControlChannel.open(folder, operator);
    }

    @AfterEach
    void close() {
        channel.close();
    }

    private int execute(boolean atTerminal, String... options) {
        List<String> words = new ArrayList<>(List.of("invite", "--data", folder.toString()));
        words.addAll(List.of(options));
        return ServerMain.commandLine(atTerminal)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }

    private void assertOneLineOfError() {
        String said = err.toString();
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.startsWith("chat-server: "), said);
    }

    private void assertFails(int exitCode, String... options) {
        assertEquals(exitCode, execute(false, options));
        assertOneLineOfError();
        assertEquals("", out.toString());
    }

    @Test
    void printsOneLineWithTheLinkAndTheInvite() {
        assertEquals(0, execute(false));
        assertEquals(LINK + "&invite=" + CODE + System.lineSeparator(), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void asksForOneUseInSevenDays() {
        execute(false);
        assertEquals(List.of(new InviteWish(1, 7 * 24 * 3600)), operator.wishes());
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,0",
        "1,1m,60",
        "25,30m,1800",
        "100000,12h,43200",
        "3,7d,604800",
        "3,3650d,315360000"
    })
    void asksForWhatIsWished(int uses, String valid, long seconds) {
        assertEquals(0, execute(false, "--uses", String.valueOf(uses), "--valid", valid));
        assertEquals(List.of(new InviteWish(uses, seconds)), operator.wishes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--uses -1",
                "--uses 100001",
                "--uses many",
                "--uses",
                "--valid 7",
                "--valid 7w",
                "--valid 0d",
                "--valid -7d",
                "--valid 3651d",
                "--valid 9999999999d",
                "--valid",
                "--qr=perhaps",
                "--data",
                "--unknown",
                "stray"
            })
    void isExitTwoAndOneLineForAMalformedCommandLine(String options) {
        assertFails(2, options.split(" "));
        assertEquals(List.of(), operator.wishes());
    }

    @Test
    void drawsTheCodeBelowTheLinkAtATerminal() {
        String text = LINK + "&invite=" + CODE;
        List<String> expected = new ArrayList<>(List.of(text));
        expected.addAll(QrDrawing.ANSI.lines(text));
        assertEquals(0, execute(true));
        assertEquals(expected, out.toString().lines().toList());
    }

    @Test
    void drawsTheCodeWithoutColoursWhereItIsAskedForElsewhere() {
        String text = LINK + "&invite=" + CODE;
        List<String> expected = new ArrayList<>(List.of(text));
        expected.addAll(QrDrawing.PLAIN.lines(text));
        assertEquals(0, execute(false, "--qr"));
        assertEquals(expected, out.toString().lines().toList());
    }

    @Test
    void drawsNoCodeWhereItIsNotWanted() {
        assertEquals(0, execute(true, "--no-qr"));
        assertEquals(1, out.toString().lines().count());
    }

    @Test
    void printsTheLinkAloneWhereNoInviteIsNeeded() {
        operator.invite(answer -> answer.accept(new Answer.NotNeeded()));
        assertEquals(0, execute(false));
        assertEquals(LINK + System.lineSeparator(), out.toString());
        assertOneLineOfError();
    }

    @Test
    void isExitOneWhenNoServerRuns() {
        channel.close();
        assertFails(1);
        assertTrue(err.toString().contains("no server runs on the data folder " + folder));
        assertFalse(Files.exists(folder.resolve("lock")), "it only looks");
    }

    @Test
    void isExitOneWhenTheFolderIsNotThere() throws IOException {
        channel.close();
        Files.delete(folder);
        assertFails(1);
        assertFalse(Files.exists(folder));
        Files.createDirectory(folder);
    }

    @Test
    void isExitOneAndMakesNoInviteWhenThereIsNoLink() {
        operator.link(new Answer.Refused("the server is not encrypted"));
        assertFails(1);
        assertEquals(
                "chat-server: the server is not encrypted" + System.lineSeparator(),
                err.toString());
        assertEquals(List.of(), operator.wishes());
    }

    @Test
    void isExitOneWhenTheServerRefuses() {
        operator.invite(answer -> answer.accept(new Answer.Refused("1,000 invites are open")));
        assertFails(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no link", "localchat://192.0.2.1:7667/", LINK + "&key=x"})
    void isExitOneWhenTheLinkIsNone(String text) {
        operator.link(new Answer.Text(text));
        assertFails(1);
        assertEquals(List.of(), operator.wishes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a code", "a&b=c"})
    void isExitOneWhenNoLinkCanCarryTheCode(String text) {
        operator.invite(answer -> answer.accept(new Answer.Text(text)));
        assertFails(1);
    }
}
