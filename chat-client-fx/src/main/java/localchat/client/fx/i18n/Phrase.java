package localchat.client.fx.i18n;

import java.util.List;

/// Something to be said, before it is known in which language.
///
/// @param key a key of [Texts]
/// @param arguments what stands for `{0}`, `{1}` …
public record Phrase(String key, List<Object> arguments) {
    /// Copies the list.
    public Phrase {
        arguments = List.copyOf(arguments);
    }

    /// A phrase with these arguments.
    public static Phrase of(String key, Object... arguments) {
        return new Phrase(key, List.of(arguments));
    }
}
