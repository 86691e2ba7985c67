package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
            String line = entry.name() + (entry.name().equals("//") ? "x" : " x");
            assertFalse(Command.of(line) instanceof Command.Wrong, line);
        }
    }
}
