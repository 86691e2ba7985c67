package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.time.ZoneOffset;
import localchat.fuzz.FuzzText;

/// Any line entered at the terminal: it is a command or is complained of, no text of it is lost or
/// made up, and its numbers are some that the rest of the program can work with.
///
/// Input: a [FuzzText].
public final class CommandFuzz {
    private static final Times TIMES = new Times(ZoneOffset.UTC);
    private static final Times FAR_EAST = new Times(ZoneId.of("Pacific/Auckland"));

    private CommandFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String line = FuzzText.of(input);
        Command command = Command.of(line);
        assertEquals(command, Command.of(line + "\n"), "a paste with its line feed");
        assertEquals(line.isBlank(), command instanceof Command.Nothing);
        if (!line.isBlank() && (!line.startsWith("/") || line.startsWith("//"))) {
            String text = line.startsWith("/") ? line.substring(1) : line;
            assertEquals(new Command.Say(text.stripTrailing(), false), command);
        }
        check(command, line);
    }

    private static void check(Command command, String line) {
        switch (command) {
            case Command.Say(String text, _) -> assertPart(text, line);
            case Command.Reply(long seq, String text) -> assertNumbered(seq, text, line);
            case Command.Edit(long seq, String text) -> {
                assertTrue(seq >= 0);
                assertTrue(line.contains(text));
            }
            case Command.React(long seq, String emoji) -> assertNumbered(seq, emoji, line);
            case Command.Delete(long seq) -> assertNumber(seq, line);
            case Command.Unreact(long seq) -> assertNumber(seq, line);
            case Command.Pin(long seq, _) -> {
                assertTrue(seq > 0);
                assertNumber(seq, line);
            }
            case Command.History(long count) ->
                    assertTrue(count >= 0 && count <= CommandWords.HISTORY_MAX, line);
            case Command.HistoryFrom from -> {
                TIMES.millisOf(from.day());
                FAR_EAST.millisOf(from.day());
            }
            case Command.Join(String room) -> assertPart(room, line);
            case Command.Direct(String words) -> assertPart(words, line);
            case Command.Private(String words) -> assertPart(words, line);
            case Command.Member(String name, _) -> assertPart(name, line);
            case Command.Rename(String name) -> assertPart(name, line);
            case Command.Nick(String name) -> assertPart(name, line);
            case Command.AboutPerson(_, String words) -> assertPart(words, line);
            case Command.Release(String name) -> assertPart(name, line);
            case Command.RevokeInvite(String id) -> assertPart(id, line);
            case Command.Revoke(int number) -> assertTrue(number > 0 && number < 1_000, line);
            case Command.MakeInvite(int uses, var valid) ->
                    assertTrue(uses >= 0 && valid.isPositive(), line);
            case Command.Wrong(_, String name) -> assertTrue(line.startsWith(name), line);
            case Command.Devices _,
                    Command.SignOut _,
                    Command.MakeCode _,
                    Command.Invites _,
                    Command.Leave _,
                    Command.Topic _,
                    Command.Rooms _,
                    Command.Unread _,
                    Command.Who _,
                    Command.Retry _,
                    Command.Discard _,
                    Command.Verify _,
                    Command.Help _,
                    Command.Quit _,
                    Command.Nothing _ -> {}
        }
    }

    private static void assertPart(String text, String line) {
        assertFalse(text.isBlank(), line);
        assertTrue(line.contains(text), line);
    }

    private static void assertNumber(long seq, String line) {
        assertTrue(seq >= 0);
        assertEquals(seq > 0, line.contains("#" + seq), line);
    }

    private static void assertNumbered(long seq, String text, String line) {
        assertTrue(seq >= 0);
        assertTrue(seq == 0 || line.contains("#" + seq), line);
        assertPart(text, line);
    }
}
