package localchat.core.model;

import java.util.Optional;

/// A room as it is listed.
///
/// @param roomId given by the server, above 0
/// @param name of a direct message: the other person's name
/// @param topic may be empty
/// @param headSeq the newest event's seq; 0 in a room without events
/// @param online people in it now
/// @param settings how long it keeps what, and who reads the past
/// @param peer the other person of a direct message
/// @param ownerId user id of whom it belongs to; 0: nobody
public record RoomInfo(
        long roomId,
        RoomName name,
        RoomKind kind,
        String topic,
        long headSeq,
        int online,
        RoomSettings settings,
        Optional<Person> peer,
        long ownerId) {
    /// @throws IllegalArgumentException when a number is out of range
    public RoomInfo {
        if (roomId <= 0 || headSeq < 0 || online < 0 || ownerId < 0) {
            throw new IllegalArgumentException(
                    "room id %d must be above 0, head seq %d, online %d and owner %d not below 0"
                            .formatted(roomId, headSeq, online, ownerId));
        }
    }

    /// A room that belongs to nobody, with the standard settings.
    public RoomInfo(
            long roomId, RoomName name, RoomKind kind, String topic, long headSeq, int online) {
        this(
                roomId,
                name,
                kind,
                topic,
                headSeq,
                online,
                RoomSettings.STANDARD,
                Optional.empty(),
                0);
    }

    /// The same room under another id.
    public RoomInfo withId(long id) {
        return new RoomInfo(id, name, kind, topic, headSeq, online, settings, peer, ownerId);
    }
}
