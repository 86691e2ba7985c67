package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " a ",
                "e\u0301",
                "\u00e9",
                "a\r\nb",
                "\u0000",
                "\u202Eabc",
                "\uD83D\uDE00",
                "\u00A0",
                "\uFEFF"
            })
    void keepsATextUnchanged(String text) {
        assertEquals(text, new MessageText(text).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\r\n",
                "\u000B\f",
                "\u001C\u001D\u001E\u001F",
                "\u1680",
                "\u2000\u2006",
                "\u2008\u200A",
                "\u2028\u2029",
                "\u205F\u3000"
            })
    void refusesABlankText(String text) {
        assertEquals(Optional.of("the message is empty"), MessageText.fault(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u2007", "\u202F", "\u200B", "\u0085", "\u2800"})
    void doesNotCallOtherCharactersBlank(String text) {
        assertEquals(Optional.empty(), MessageText.fault(text));
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "a, 4095", "a, 4096", "é, 2048", "山, 1365", "😀, 1024"})
    void acceptsTextsUpToTheLimitInBytes(String character, int count) {
        assertEquals(Optional.empty(), MessageText.fault(character.repeat(count)));
    }

    @ParameterizedTest
    @CsvSource({"a, 4097, 4097", "é, 2049, 4098", "山, 1366, 4098", "😀, 1025, 4100"})
    void refusesTextsAboveTheLimitInBytes(String character, int count, int bytes) {
        assertEquals(
                Optional.of("the message is too long: " + bytes + " bytes of UTF-8, at most 4096"),
                MessageText.fault(character.repeat(count)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83D", "\uDE00a", "\uDE00\uD83D"})
    void refusesLoneSurrogates(String text) {
        assertEquals(
                Optional.of("the message is not valid Unicode (a lone surrogate)"),
                MessageText.fault(text));
    }

    @Test
    void saysWhyWhenItRefuses() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> new MessageText(" "));

        assertEquals("the message is empty", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "a, 1", "é, 2", "山, 3", "😀, 4"})
    void countsBytesOfUtf8(String text, int bytes) {
        assertEquals(bytes, MessageText.utf8Length(text));
    }

    @Test
    void countsNoBytesOfALoneSurrogate() {
        assertEquals(-1, MessageText.utf8Length("\uD83D"));
    }
}
