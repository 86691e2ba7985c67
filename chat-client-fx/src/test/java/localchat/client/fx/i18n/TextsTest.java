package localchat.client.fx.i18n;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localchat.core.client.SessionEvent;
import localchat.core.model.Availability;
import org.junit.jupiter.api.Test;

final class TextsTest {
    private static final Path SOURCES = Path.of("src/main/java/localchat/client/fx");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z]\\w*(?:\\.\\w+)+)\"");
    private static final Pattern COUNTED = Pattern.compile("count\\(\"([^\"]+)\"");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    private final Texts english = Texts.of(Language.ENGLISH);
    private final Texts portuguese = Texts.of(Language.PORTUGUESE);

    @Test
    void everyLanguageHasTheSameKeys() {
        assertEquals(new TreeSet<>(english.keys()), new TreeSet<>(portuguese.keys()));
    }

    @Test
    void everyLanguageHasTheSamePlaces() {
        for (String key : english.keys()) {
            assertEquals(places(english.get(key)), places(portuguese.get(key)), key);
        }
    }

    @Test
    void everyKeyInTheSourcesExists() throws IOException {
        Set<String> used = used();
        assertTrue(used.size() > 90, "keys found in the sources: " + used.size());
        used.removeAll(english.keys());
        assertEquals(Set.of(), used, "used and not there");
    }

    @Test
    void everyKeyIsUsed() throws IOException {
        Set<String> unused = new TreeSet<>(english.keys());
        unused.removeAll(used());
        assertEquals(Set.of(), unused, "there and not used");
    }

    @Test
    void putsArgumentsInAndLeavesEverythingElseAlone() {
        assertEquals("Connecting to a$b\\{0} …", english.get("login.connecting", "a$b\\{0}"));
    }

    @Test
    void writesNumbersAsTheLanguageDoes() {
        assertEquals("12,345 people here", english.count("people.count", 12_345));
        assertEquals("12.345 pessoas aqui", portuguese.count("people.count", 12_345));
        assertEquals("1 person here", english.count("people.count", 1));
    }

    @Test
    void refusesAKeyThatIsNotThere() {
        assertThrows(MissingResourceException.class, () -> english.get("no.such.key"));
    }

    @Test
    void saysTodayAndYesterdayByTheZonesMidnight() {
        Instant now = Instant.parse("2026-11-21T02:30:00Z");
        Clock clock = Clock.fixed(now, ZoneId.of("America/Sao_Paulo"));
        TimeWords words = new TimeWords(portuguese, clock);
        assertEquals("Hoje", words.day(now.toEpochMilli()));
        assertEquals("23:30", words.time(now.toEpochMilli()));
        assertEquals("Ontem", words.day(now.minusSeconds(24 * 3600).toEpochMilli()));
        assertEquals(
                "quarta-feira, 18 de novembro de 2026",
                words.day(now.minusSeconds(48 * 3600).toEpochMilli()));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(result -> result.group())
                .collect(Collectors.toSet());
    }

    /// Keys written out in the sources, and those put together from the names of enums.
    private static Set<String> used() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                LITERAL.matcher(source).results().forEach(result -> used.add(result.group(1)));
                Matcher counted = COUNTED.matcher(source);
                while (counted.find()) {
                    used.remove(counted.group(1));
                    used.add(counted.group(1) + ".one");
                    used.add(counted.group(1) + ".many");
                }
                if (file.endsWith("Refusals.java")) {
                    Pattern.compile("\\b[A-Z]+(_[A-Z]+)*(?=,|\\s+->)")
                            .matcher(source)
                            .results()
                            .forEach(result -> used.add("refusal." + result.group()));
                }
            }
        }
        used.removeIf(key ->
                key.endsWith(".properties")
                        || key.endsWith(".css")
                        || key.startsWith("java.")
                        || key.startsWith("os.")
                        || key.startsWith("glass."));
        for (SessionEvent.Failure failure : SessionEvent.Failure.values()) {
            used.add("failure." + failure);
        }
        for (Availability availability : Availability.values()) {
            used.add("presence." + availability);
        }
        return used;
    }
}
