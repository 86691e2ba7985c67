package localchat.core.model;

/// What was wrong with a request. The names and meanings are those of `ErrorCode` in the schema.
public enum ErrorCode {
    UNSUPPORTED,
    INVALID,
    NOT_NOW,
    NOT_FOUND,
    FORBIDDEN,
    NOT_IN_ROOM,
    UPGRADE_REQUIRED,
    NAME_INVALID,
    NAME_TAKEN,
    BAD_SIGNATURE,
    INVITE_REQUIRED,
    CODE_INVALID,
    DEVICE_BANNED,
    DEVICE_UNKNOWN,
    TEXT_EMPTY,
    TEXT_TOO_LONG,
    CONFLICT,
    /// An earlier post of the same flight was refused.
    FLIGHT_REFUSED,
    RATE_LIMITED,
    BUSY,
    STORAGE_FULL,
    STORAGE_FAILED,
    READ_ONLY,
    MUTED,
    ROOM_NAME_INVALID,
    ROOM_NAME_TAKEN,
    TOO_MANY_ROOMS,
    ROOM_FULL,
    INTERNAL;

    /// Whether the same request may succeed later without being changed.
    public boolean retryable() {
        return switch (this) {
            case FLIGHT_REFUSED, RATE_LIMITED, BUSY, STORAGE_FULL, STORAGE_FAILED -> true;
            default -> false;
        };
    }
}
