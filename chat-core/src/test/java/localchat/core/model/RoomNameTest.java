package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"general", "a", "Sala 2", "a/b", "a#b", "c#", "会議室", "-x", "."})
    void acceptsNames(String name) {
        assertEquals(name, new RoomName(name).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"#general", " #general", "# general", "#  general ", "general"})
    void dropsOneLeadingHash(String name) {
        assertEquals("general", new RoomName(name).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "#", " # "})
    void refusesNamesOfNothing(String name) {
        assertEquals(Optional.of("the room's name is empty"), RoomName.fault(name));
    }

    @ParameterizedTest
    @CsvSource({"##a, #", "# #a, #", "###, #", "/join, /", "#/join, /"})
    void findsFaultWithALeadingMark(String name, String mark) {
        assertEquals(
                Optional.of("the room's name may not begin with " + mark), RoomName.fault(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "##a", "# #a", "/join", "#/join", "a\u200Bb", "a\nb"})
    void isNotMadeOfANameWithAFault(String name) {
        assertThrows(IllegalArgumentException.class, () -> new RoomName(name));
    }

    @Test
    void refusesCharactersThatNamesMayNotHave() {
        assertEquals(
                Optional.of("the room's name has a character that names may not have: U+202E"),
                RoomName.fault("a\u202Eb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gen\u0435ral", "Sala \u0436", "１", "q\u0301\u0301", "1\u0661"})
    void refusesWhatNamesMayNotMixButShowsIt(String name) {
        assertTrue(RoomName.fault(name).orElseThrow().startsWith("the room's name "));
        assertTrue(RoomName.isShowable(name));
        assertEquals(name, new RoomName(name).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "all", "here", "моя комната", "Ana 🌻", "日本語 room"})
    void keepsNoNamesForTheChatItself(String name) {
        assertEquals(Optional.empty(), RoomName.fault(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64})
    void acceptsNamesUpToTheLimitInBytes(int bytes) {
        assertEquals(bytes, new RoomName("a".repeat(bytes)).value().length());
    }

    @Test
    void doesNotCountTheHashThatItDrops() {
        assertEquals(64, new RoomName("#" + "a".repeat(64)).value().length());
    }

    @Test
    void refusesNamesAboveTheLimitInBytes() {
        assertEquals(
                Optional.of("the room's name is too long: 65 bytes of UTF-8, at most 64"),
                RoomName.fault("a".repeat(65)));
    }

    @Test
    void composesToNfc() {
        assertEquals("é", new RoomName("e\u0301").value());
    }

    @Test
    void foldsAlikeWithoutCase() {
        assertEquals(new RoomName("general").folded(), new RoomName("#GENERAL").folded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"# a  b", "#general", " Sala e\u0301 "})
    void leavesACanonicalNameAsItIs(String name) {
        RoomName once = new RoomName(name);

        assertEquals(once, new RoomName(once.value()));
    }

    @Test
    void callsTheRoomThatIsAlwaysThereGeneral() {
        assertEquals("general", RoomName.GENERAL.toString());
    }
}
