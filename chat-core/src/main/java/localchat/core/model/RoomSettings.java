package localchat.core.model;

/// What the owner of a room may set.
///
/// @param retentionDays days after which a message expires; 0: never
/// @param retentionMessages newest messages that are kept, older ones expire; 0: all
/// @param pastVisible private rooms: whether a new member reads what was said before
public record RoomSettings(int retentionDays, int retentionMessages, boolean pastVisible) {
    /// Longest retention in days: a century. Reason: what is longer means for ever, which is 0.
    public static final int DAYS_MAX = 36_500;

    /// Most messages that a retention may name. Reason: what is more means all, which is 0.
    public static final int MESSAGES_MAX = 100_000_000;

    /// Everything is kept, and read by everyone in the room.
    public static final RoomSettings STANDARD = new RoomSettings(0, 0, true);

    /// @throws IllegalArgumentException when a number is out of range
    public RoomSettings {
        if (retentionDays < 0
                || retentionDays > DAYS_MAX
                || retentionMessages < 0
                || retentionMessages > MESSAGES_MAX) {
            throw new IllegalArgumentException(
                    "retention is 0 to %d days, not %d, and 0 to %d messages, not %d"
                            .formatted(DAYS_MAX, retentionDays, MESSAGES_MAX, retentionMessages));
        }
    }
}
