package localchat.client.fx.chat;

import localchat.client.fx.i18n.Phrase;
import localchat.core.model.ErrorCode;

/// Why the server refused something, in words a person can act on.
final class Refusals {
    private Refusals() {}

    /// @param english the server's words, shown where there are none of our own
    static Phrase of(ErrorCode code, String english) {
        return switch (code) {
            case TEXT_TOO_LONG,
                    RATE_LIMITED,
                    BUSY,
                    STORAGE_FULL,
                    STORAGE_FAILED,
                    READ_ONLY,
                    MUTED,
                    FORBIDDEN,
                    NOT_IN_ROOM,
                    NOT_FOUND,
                    NAME_TAKEN,
                    NAME_INVALID,
                    ROOM_NAME_INVALID,
                    ROOM_NAME_TAKEN,
                    TOO_MANY_ROOMS,
                    ROOM_FULL,
                    UNSUPPORTED ->
                    Phrase.of("refusal." + code);
            default -> Phrase.of("refusal.other", english);
        };
    }
}
