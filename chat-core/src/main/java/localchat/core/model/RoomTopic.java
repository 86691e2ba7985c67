package localchat.core.model;

import java.util.Optional;

/// What a room is about: one line, may be empty.
///
/// @param value at most [#BYTES_MAX] bytes of UTF-8, unchanged as written
public record RoomTopic(String value) {
    /// Longest topic, in bytes of UTF-8. Reason: one line at the top of a window.
    public static final int BYTES_MAX = 256;

    /// No topic.
    public static final RoomTopic NONE = new RoomTopic("");

    /// @throws IllegalArgumentException with words for a person when [#fault] finds one
    public RoomTopic {
        fault(value)
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault);
                });
    }

    /// What is wrong with this as a topic, in English for a person; empty when nothing is.
    public static Optional<String> fault(String text) {
        int bytes = Names.utf8Length(text);
        if (bytes < 0) {
            return Optional.of("the topic is not valid Unicode (a lone surrogate)");
        }
        if (bytes > BYTES_MAX) {
            return Optional.of(
                    "the topic is too long: " + bytes + " bytes of UTF-8, at most " + BYTES_MAX);
        }
        return text.codePoints().anyMatch(Character::isISOControl)
                ? Optional.of("the topic is one line without control characters")
                : Optional.empty();
    }

    /// As much of a text as a topic can have.
    public static String cut(String text) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
            if (bytes > BYTES_MAX) {
                return text.substring(0, end);
            }
            end += Character.charCount(point);
        }
        return text;
    }

    @Override
    public String toString() {
        return value;
    }
}
