package localchat.server.admin;

import java.util.Optional;

/// What the server says to a request. One line on the socket: `ok TEXT`, `unneeded`, or `error
/// LINE`.
public sealed interface Answer {
    /// Longest refusal that is sent, in characters; a longer one is cut. Reason: a line of a
    /// terminal or four, and with any text still below [ControlLines#BYTES_MAX] bytes.
    int REFUSAL_LENGTH_MAX = 400;

    /// What was asked for.
    ///
    /// @param text one line
    record Text(String text) implements Answer {
        /// @throws IllegalArgumentException when it is not one line
        public Text {
            if (text.codePoints().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("an answer is one line");
            }
        }
    }

    /// It goes without.
    record NotNeeded() implements Answer {}

    /// It cannot be done.
    ///
    /// @param reason why, for a person; control characters in it become blanks
    record Refused(String reason) implements Answer {
        /// Makes it one line.
        public Refused {
            reason = reason.replaceAll("\\p{Cc}", " ");
            if (reason.length() > REFUSAL_LENGTH_MAX) {
                reason = reason.substring(0, REFUSAL_LENGTH_MAX);
            }
        }
    }

    /// As it is sent, without the line feed.
    default String line() {
        return switch (this) {
            case Text(String text) -> "ok " + text;
            case NotNeeded() -> "unneeded";
            case Refused(String reason) -> "error " + reason;
        };
    }

    /// Reads [#line].
    ///
    /// @return nothing when it is none
    static Optional<Answer> parse(String line) {
        if (line.equals("unneeded")) {
            return Optional.of(new NotNeeded());
        }
        int blank = line.indexOf(' ');
        String text = line.substring(blank + 1);
        return switch (blank < 0 ? "" : line.substring(0, blank)) {
            case "ok" ->
                    text.codePoints().anyMatch(Character::isISOControl)
                            ? Optional.empty()
                            : Optional.of(new Text(text));
            case "error" -> Optional.of(new Refused(text));
            default -> Optional.empty();
        };
    }
}
