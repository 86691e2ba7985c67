package localchat.core.model;

/// One entry of a room's log.
///
/// @param seq 1, 2, 3 … in its room, without holes
/// @param timeMillis when the server took it, milliseconds since 1970-01-01T00:00:00Z
/// @param senderId the sender's user id
/// @param senderName the sender's name at that time
/// @param id the sender's `client_msg_id`
public record RoomEvent(
        long roomId,
        long seq,
        long timeMillis,
        long senderId,
        UserName senderName,
        MessageId id,
        EventBody body) {
    /// @throws IllegalArgumentException when a number is out of range
    public RoomEvent {
        if (roomId <= 0 || seq <= 0 || senderId <= 0) {
            throw new IllegalArgumentException(
                    "room id %d, seq %d and sender id %d must be above 0"
                            .formatted(roomId, seq, senderId));
        }
    }
}
