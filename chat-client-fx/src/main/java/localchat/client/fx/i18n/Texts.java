package localchat.client.fx.i18n;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every text of the window in one language. `{0}`, `{1}` … in a text stand for arguments; nothing
/// else in it is special, so that an apostrophe is an apostrophe.
public final class Texts {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private final Language language;
    private final ResourceBundle bundle;

    private Texts(Language language, ResourceBundle bundle) {
        this.language = language;
        this.bundle = bundle;
    }

    /// The texts of a language.
    public static Texts of(Language language) {
        String file = "texts_" + language.tag().replace('-', '_') + ".properties";
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(file), file);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return new Texts(language, new PropertyResourceBundle(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The language of these texts.
    public Language language() {
        return language;
    }

    /// All keys there are.
    public java.util.Set<String> keys() {
        return bundle.keySet();
    }

    /// The text of a key.
    ///
    /// @throws java.util.MissingResourceException when there is none
    public String get(String key, Object... arguments) {
        String text = bundle.getString(key);
        return arguments.length == 0
                ? text
                : PLACE.matcher(text).replaceAll(place -> word(place.group(1), arguments));
    }

    /// The words of a phrase.
    public String get(Phrase phrase) {
        return get(phrase.key(), phrase.arguments().toArray());
    }

    /// The text of `key.one` or `key.many`, with the number as `{0}`.
    public String count(String key, long number) {
        return get(key + (number == 1 ? ".one" : ".many"), number);
    }

    private String word(String place, Object[] arguments) {
        int index = Integer.parseInt(place);
        Object argument = index < arguments.length ? arguments[index] : "";
        String word =
                switch (argument) {
                    case Number number ->
                            NumberFormat.getIntegerInstance(language.locale()).format(number);
                    case Phrase phrase -> get(phrase);
                    default -> argument.toString();
                };
        return Matcher.quoteReplacement(word);
    }
}
