package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @ParameterizedTest
    @EnumSource(Language.class)
    void hasEveryTextAndNoOtherInEachLanguage(Language language) {
        var keys = Arrays.stream(Text.values()).map(Text::key).collect(Collectors.toSet());
        assertTrue(keys.size() > 80, "texts were found");
        assertEquals(
                new TreeSet<>(keys),
                new TreeSet<>(new Texts(language).words().stringPropertyNames()));
    }

    @Test
    void usesTheSameArgumentsInEachLanguage() {
        for (Text text : Text.values()) {
            assertEquals(
                    places(Language.ENGLISH, text), places(Language.PORTUGUESE, text), text.key());
        }
    }

    private static Set<String> places(Language language, Text text) {
        return PLACE.matcher(new Texts(language).words().getProperty(text.key()))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());
    }

    @Test
    void saysNothingTwiceTheSameInBothLanguages() {
        for (Text text : Text.values()) {
            String english = new Texts(Language.ENGLISH).words().getProperty(text.key());
            if (PLACE.matcher(english).replaceAll("").chars().anyMatch(Character::isLetter)) {
                assertFalse(
                        english.equals(
                                new Texts(Language.PORTUGUESE).words().getProperty(text.key())),
                        text.key());
            }
        }
    }

    @Test
    void fillsInArgumentsAsTheyAre() {
        assertEquals(
                "line 7 was refused: {0} $1",
                new Texts(Language.ENGLISH).get(Text.LINE_REFUSED, 7, "{0} $1"));
    }

    @ParameterizedTest
    @CsvSource({
        "en, pt_BR.UTF-8, '', '', PORTUGUESE",
        "en, '', pt_PT, '', PORTUGUESE",
        "en, '', '', pt, PORTUGUESE",
        "en, en_US.UTF-8, pt_BR, pt_BR, ENGLISH",
        "en, C, '', pt_BR, ENGLISH",
        "en, '', '', '', ENGLISH",
        "pt, C.UTF-8, '', '', PORTUGUESE",
        "pt, '', '', '', PORTUGUESE"
    })
    void goesByThePlatformAndByTheFirstVariableThatIsSet(
            String platform, String all, String messages, String lang, Language expected) {
        Map<String, String> environment =
                Map.of("LC_ALL", all, "LC_MESSAGES", messages, "LANG", lang);
        assertEquals(expected, Language.of(environment, Locale.of(platform)));
    }
}
