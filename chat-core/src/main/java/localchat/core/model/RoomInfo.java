package localchat.core.model;

/// A room as it is listed.
///
/// @param roomId given by the server, above 0
/// @param topic may be empty
/// @param headSeq the newest event's seq; 0 in a room without events
/// @param online people in it now
public record RoomInfo(
        long roomId, RoomName name, RoomKind kind, String topic, long headSeq, int online) {
    /// @throws IllegalArgumentException when a number is out of range
    public RoomInfo {
        if (roomId <= 0 || headSeq < 0 || online < 0) {
            throw new IllegalArgumentException(
                    "room id %d must be above 0, head seq %d and online %d not below 0"
                            .formatted(roomId, headSeq, online));
        }
    }
}
