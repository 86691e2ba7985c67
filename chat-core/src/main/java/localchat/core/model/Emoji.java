package localchat.core.model;

import java.util.Optional;

/// What somebody reacts with: one emoji sequence, or any other short text without white space.
///
/// @param value 1 to [#BYTES_MAX] bytes of UTF-8, unchanged as written
public record Emoji(String value) {
    /// Longest reaction, in bytes of UTF-8. Reason: a family of four with skin tones has 41, a flag
    /// of a region 28; nobody reacts with more.
    public static final int BYTES_MAX = 48;

    /// @throws IllegalArgumentException with words for a person when [#fault] finds one
    public Emoji {
        fault(value)
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault);
                });
    }

    /// What is wrong with this as a reaction, in English for a person; empty when nothing is.
    public static Optional<String> fault(String text) {
        int bytes = Names.utf8Length(text);
        if (bytes < 1 || bytes > BYTES_MAX) {
            return Optional.of("a reaction has 1 to " + BYTES_MAX + " bytes of UTF-8");
        }
        boolean plain =
                text.codePoints()
                        .noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
        return plain
                ? Optional.empty()
                : Optional.of("a reaction has no white space and no control characters");
    }

    @Override
    public String toString() {
        return value;
    }
}
