package localchat.core.model;

import java.util.Optional;

/// The text of a message: 1 to [#BYTES_MAX] bytes of UTF-8 and not blank. Stored and passed on
/// unchanged; whoever shows it isolates it.
///
/// @param value unchanged as written
public record MessageText(String value) {
    /// Longest text of a message, in bytes of UTF-8. Longer ones are refused, never cut. Reason: a
    /// long paragraph in any script; sixteen fit into one frame of a history page.
    public static final int BYTES_MAX = 4_096;

    /// @throws IllegalArgumentException with words for a person when [#fault] finds one
    public MessageText {
        fault(value)
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault);
                });
    }

    /// What is wrong with this as a message, in English for a person; empty when nothing is.
    public static Optional<String> fault(String text) {
        if (text.isBlank()) {
            return Optional.of("the message is empty");
        }
        int bytes = Names.utf8Length(text);
        if (bytes < 0) {
            return Optional.of("the message is not valid Unicode (a lone surrogate)");
        }
        if (bytes > BYTES_MAX) {
            return Optional.of(
                    "the message is too long: " + bytes + " bytes of UTF-8, at most " + BYTES_MAX);
        }
        return Optional.empty();
    }

    /// Bytes of this text in UTF-8, or -1 when it is no Unicode text (a lone surrogate).
    public static int utf8Length(String text) {
        return Names.utf8Length(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
