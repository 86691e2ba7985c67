package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "Ana",
                "Ana Maria",
                "O'Neill-Smith",
                "José",
                "Zoë 2",
                "#1",
                "/me",
                "Ελένη",
                "Жанна",
                "山田 太郎",
                "ユキ Yuki",
                "김민지",
                "สมชาย",
                "नेहा",
                "محمد",
                "שרה",
                "😀",
                "a_b.c@d"
            })
    void acceptsNamesOfAllScripts(String name) {
        assertEquals(name, new UserName(name).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003", "\u3000  "})
    void refusesNamesOfNothing(String name) {
        assertEquals(Optional.of("the name is empty"), UserName.fault(name));
    }

    /// Cc, Cf, Zl, Zp, Co, Cn, spaces that are not U+0020, and what shows nothing.
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x09, 0x0A, 0x1B, 0x7F, 0x85, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F,
                0x1160, 0x1680, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x180F, 0x2003, 0x200B, 0x200D,
                0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x202F, 0x2060, 0x2066, 0x2069,
                0x2800, 0x3000, 0x3164, 0xE000, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFFE, 0x0378,
                0xE0001, 0xE0100, 0xE0FFF, 0xF0000, 0x10FFFF
            })
    void refusesCharactersThatNamesMayNotHave(int point) {
        String name = "a" + Character.toString(point) + "b";

        assertEquals(
                Optional.of(
                        "the name has a character that names may not have: U+%04X"
                                .formatted(point)),
                UserName.fault(name));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0x180A, 0xFDFF, 0xFE10, 0x27FF, 0x2801, 0x115E, 0x1161, 0x3163, 0x3165, 0xFF9F})
    void canShowTheNeighboursOfThoseCharacters(int point) {
        assertTrue(UserName.isShowable("a" + Character.toString(point) + "b"));
    }

    /// Servers before had fewer rules, and those after may have others.
    @ParameterizedTest
    @ValueSource(strings = {"admin", "Em\u0456ly", "ａｎａ", "A♫", "q\u0301\u0301"})
    void isANameEvenIfNobodyMayChooseItToday(String name) {
        assertTrue(UserName.fault(name).isPresent());
        assertTrue(UserName.isShowable(name));
        assertEquals(name, new UserName(name).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u202Eb", "a\uD83D"})
    void cannotShowWhatIsNoName(String name) {
        assertFalse(UserName.isShowable(name));
        assertThrows(IllegalArgumentException.class, () -> new UserName(name));
    }

    @Test
    void judgesNamesOfAtMost512Bytes() {
        assertEquals(Optional.empty(), UserName.fault(" ".repeat(509) + "Ana"));
        assertEquals(
                Optional.of("the name is too long: 513 bytes of UTF-8, at most 64"),
                UserName.fault(" ".repeat(510) + "Ana"));
    }

    @ParameterizedTest
    @CsvSource({"200, 401", "2000, 4001"})
    void refusesTowersOfMarks(int marks, int bytes) {
        assertEquals(
                Optional.of("the name is too long: " + bytes + " bytes of UTF-8, at most 64"),
                UserName.fault("q" + "\u0301".repeat(marks)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83D", "\uDE00a", "\uDE00\uD83D"})
    void refusesLoneSurrogates(String name) {
        assertEquals(Optional.of("the name is not valid Unicode"), UserName.fault(name));
    }

    @Test
    void saysWhyWhenItRefuses() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> new UserName(""));

        assertEquals("the name is empty", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"a, 63", "a, 64", "é, 31", "é, 32", "山, 21", "😀, 15", "😀, 16"})
    void acceptsNamesUpToTheLimitInBytes(String character, int count) {
        String name = character.repeat(count);

        assertEquals(name, new UserName(name).value());
    }

    @ParameterizedTest
    @CsvSource({"a, 65, 65", "é, 33, 66", "山, 22, 66", "😀, 17, 68"})
    void refusesNamesAboveTheLimitInBytes(String character, int count, int bytes) {
        assertEquals(
                Optional.of("the name is too long: " + bytes + " bytes of UTF-8, at most 64"),
                UserName.fault(character.repeat(count)));
    }

    @Test
    void countsBytesAfterNormalisation() {
        String decomposed = "e\u0301".repeat(32);

        assertEquals("é".repeat(32), new UserName(decomposed).value());
    }

    @Test
    void composesToNfc() {
        assertEquals("José", new UserName("Jose\u0301").value());
    }

    @Test
    void trimsBothEnds() {
        assertEquals("Ana", new UserName(" \t\u2003Ana\u3000\n ").value());
    }

    @Test
    void foldsBlanksInsideToOne() {
        assertEquals("Ana Maria B", new UserName("Ana  Maria    B").value());
    }

    @ParameterizedTest
    @ValueSource(strings = {" Jose\u0301  B ", "\u212B", "a  \u0301", "\u1E9E", "#a"})
    void leavesACanonicalNameAsItIs(String name) {
        UserName once = new UserName(name);

        assertEquals(once, new UserName(once.value()));
    }

    @ParameterizedTest
    @CsvSource({
        "Ana, ANA",
        "Ana, ａｎａ",
        "José, JOSÉ",
        "Groß, GROSS",
        "Groß, GROẞ",
        "Ελένης, ΕΛΈΝΗΣ",
        "Жанна, жАННА",
        "ﬁn, FIN",
        "ǆ, ǅ",
        "Å, Å",
        "K, K",
        "①, 1"
    })
    void foldsAlike(String one, String other) {
        assertEquals(new UserName(one).folded(), new UserName(other).folded());
    }

    @ParameterizedTest
    @CsvSource({"Ana, Anna", "Jose, José", "a b, ab", "山, 川"})
    void foldsApart(String one, String other) {
        assertNotEquals(new UserName(one).folded(), new UserName(other).folded());
    }

    @Test
    void foldsTheSameInAnyLanguageOfTheMachine() {
        UserName name = new UserName("I\u0130\u0131i");
        String folded = name.folded();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            assertEquals(folded, name.folded());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void keepsTheCaseItWasWrittenIn() {
        assertEquals("aNa", new UserName("aNa").toString());
    }
}
