package localchat.client.fx.i18n;

import java.util.List;

/// Something to be said, before it is known in which language.
///
/// @param key a key of [Texts]
/// @param arguments what stands for `{0}`, `{1}` …; a phrase among them is put into words, too
public record Phrase(String key, List<Object> arguments) {
    /// Copies the list.
    public Phrase {
        arguments = List.copyOf(arguments);
    }

    /// A phrase with these arguments.
    public static Phrase of(String key, Object... arguments) {
        return new Phrase(key, List.of(arguments));
    }

    /// A phrase about a number: `key.one` or `key.many`, with the number as `{0}`.
    public static Phrase count(String key, long number) {
        return Phrase.of(key + (number == 1 ? ".one" : ".many"), number);
    }
}
