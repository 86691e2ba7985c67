package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void takesALineForTextUnlessItBeginsWithASlash() {
        assertEquals(new Command.Say(" /join x", false), Command.of(" /join x"));
        assertEquals(new Command.Say("a /quit", false), Command.of("a /quit"));
        assertEquals(new Command.Nothing(), Command.of(" \t"));
        assertEquals(new Command.Say("a\n b", false), Command.of("a\n b \n"));
    }

    @Test
    void takesTwoSlashesForATextThatBeginsWithOne() {
        assertEquals(new Command.Say("/etc/hosts", false), Command.of("//etc/hosts"));
        assertEquals(new Command.Say("//x", false), Command.of("///x"));
    }

    @Test
    void understandsEachCommand() {
        assertEquals(new Command.Join("my room"), Command.of("/join  my room "));
        assertEquals(new Command.Leave(""), Command.of("/leave"));
        assertEquals(new Command.Leave("x"), Command.of("/leave x"));
        assertEquals(new Command.Rooms(), Command.of("/rooms"));
        assertEquals(new Command.Who(), Command.of("/who"));
        assertEquals(new Command.Say("waves\nand goes", true), Command.of("/me waves\nand goes"));
        assertEquals(new Command.Help(), Command.of("/help"));
        assertEquals(new Command.Quit(), Command.of("/quit"));
    }

    @Test
    void complainsOfWhatItDoesNotUnderstand() {
        assertEquals(new Command.Wrong(Text.UNKNOWN_COMMAND, "/Join"), Command.of("/Join x"));
        assertEquals(new Command.Wrong(Text.UNKNOWN_COMMAND, "/"), Command.of("/ x"));
        assertEquals(new Command.Wrong(Text.NEEDS_ROOM, "/join"), Command.of("/join "));
        assertEquals(new Command.Wrong(Text.NEEDS_TEXT, "/me"), Command.of("/me"));
    }

    @Test
    void understandsEveryCommandThatHelpLists() {
        for (Command.Entry entry : Command.ENTRIES) {
            String argument = entry.argument().replaceAll("\\|[^\\]]*", "").replace("N", "7");
            String line = entry.name() + " " + argument.replaceAll("[\\[\\]]", "");
            assertFalse(Command.of(line) instanceof Command.Wrong, line);
        }
    }

    @Test
    void takesTheNumberOfAMessageOnlyWithItsMark() {
        assertEquals(new Command.Reply(12, "a b"), Command.of("/reply #12  a b"));
        assertEquals(new Command.Reply(0, "12 a"), Command.of("/reply 12 a"));
        assertEquals(new Command.Reply(0, "#12a b"), Command.of("/reply #12a b"));
        assertEquals(new Command.Edit(0, ""), Command.of("/edit"));
        assertEquals(new Command.Edit(3, ""), Command.of("/edit #3"));
        assertEquals(new Command.Edit(3, "two\nlines"), Command.of("/edit #3 two\nlines"));
        assertEquals(new Command.Edit(0, "new"), Command.of("/edit new"));
        assertEquals(new Command.React(3, "👍"), Command.of("/react #3 👍"));
        assertEquals(new Command.React(0, "👍"), Command.of("/react 👍"));
        assertEquals(new Command.Pin(3, false), Command.of("/pin #3"));
        assertEquals(new Command.Pin(3, true), Command.of("/unpin #3"));
    }

    @Test
    void deletesNothingThatIsNotNamedClearly() {
        assertEquals(new Command.Delete(0), Command.of("/delete"));
        assertEquals(new Command.Delete(12), Command.of("/delete #12"));
        assertEquals(new Command.Wrong(Text.NEEDS_NUMBER, "/delete"), Command.of("/delete 12"));
        assertEquals(new Command.Wrong(Text.NEEDS_NUMBER, "/delete"), Command.of("/delete #1 x"));
        assertEquals(new Command.Wrong(Text.NEEDS_NUMBER, "/pin"), Command.of("/pin"));
        assertEquals(new Command.Wrong(Text.NEEDS_TEXT, "/reply"), Command.of("/reply #12"));
        assertEquals(new Command.Wrong(Text.NEEDS_EMOJI, "/react"), Command.of("/react #12"));
    }

    @Test
    void readsHowMuchHistoryIsWanted() {
        assertEquals(new Command.History(0), Command.of("/history"));
        assertEquals(new Command.History(50), Command.of("/history 50"));
        assertEquals(new Command.History(9_999), Command.of("/history 9999"));
        assertEquals(new Command.History(10_000), Command.of("/history 10000"));
        assertEquals(new Command.History(10_000), Command.of("/history 10001"));
        assertEquals(
                new Command.HistoryFrom(LocalDate.of(2026, 11, 2)),
                Command.of("/history 2026-11-02"));
        for (String wrong : List.of("0", "-1", "2026-13-02", "yesterday")) {
            assertEquals(
                    new Command.Wrong(Text.NEEDS_DATE, "/history"),
                    Command.of("/history " + wrong));
        }
    }

    @Test
    void takesNoDayThatHasNoTimeInMilliseconds() {
        Times times = new Times(ZoneId.of("Pacific/Auckland"));
        for (String day : List.of("0000-01-01", "9999-12-31")) {
            Command command = Command.of("/history " + day);
            assertEquals(new Command.HistoryFrom(LocalDate.parse(day)), command);
            assertEquals(
                    LocalDate.parse(day).getYear() > 1970,
                    times.millisOf(LocalDate.parse(day)) > 0);
        }
        for (String wrong : List.of("+10000-01-01", "-0001-12-31", "+999999999-12-31")) {
            assertEquals(
                    new Command.Wrong(Text.NEEDS_DATE, "/history"),
                    Command.of("/history " + wrong));
        }
    }

    @Test
    void understandsTheCommandsAboutRoomsAndPeople() {
        assertEquals(new Command.Direct("bob hi there"), Command.of("/dm bob hi there"));
        assertEquals(new Command.Private("ops @bob"), Command.of("/private ops @bob"));
        assertEquals(new Command.Member("bob", false), Command.of("/invite bob"));
        assertEquals(new Command.Member("bob", true), Command.of("/remove bob"));
        assertEquals(new Command.Topic(""), Command.of("/topic"));
        assertEquals(new Command.Topic("all about it"), Command.of("/topic all about it"));
        assertEquals(new Command.Rename("new name"), Command.of("/rename new name"));
        assertEquals(new Command.Unread(), Command.of("/unread"));
        assertEquals(new Command.Retry(), Command.of("/retry"));
        assertEquals(new Command.Discard(), Command.of("/discard"));
    }
}
