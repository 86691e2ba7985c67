package localchat.client.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/// The words of every [Text] in one language. `{0}`, `{1}` … stand for arguments; nothing else in a
/// text is special.
final class Texts {
    private final Language language;
    private final Properties words = new Properties();

    /// Reads the texts of a language.
    Texts(Language language) {
        this.language = language;
        try (InputStream in =
                        Objects.requireNonNull(
                                Texts.class.getResourceAsStream(language.resource()),
                                language.resource());
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A text with its arguments in place.
    String get(Text text, Object... arguments) {
        String pattern = Objects.requireNonNull(words.getProperty(text.key()), text.key());
        StringBuilder filled = new StringBuilder(pattern.length() + 32);
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '{' && at + 2 < pattern.length() && pattern.charAt(at + 2) == '}') {
                filled.append(arguments[pattern.charAt(at + 1) - '0']);
                at += 3;
            } else {
                filled.append(c);
                at++;
            }
        }
        return filled.toString();
    }

    /// How this language writes dates.
    Locale locale() {
        return language.locale();
    }

    /// All keys of the file, for tests.
    Properties words() {
        return words;
    }
}
