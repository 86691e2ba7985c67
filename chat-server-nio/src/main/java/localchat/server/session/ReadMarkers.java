package localchat.server.session;

import localchat.core.model.ErrorCode;
import localchat.core.model.RoomKind;
import localchat.core.protocol.wire.MarkRead;
import localchat.core.protocol.wire.ReadMarker;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.room.Directory;
import localchat.server.room.Reading;
import localchat.server.room.Room;

/// What a person has read of a room, told to the person's devices. Runs on the loop thread.
final class ReadMarkers {
    private ReadMarkers() {}

    static void onMarkRead(Session session, Member member, long requestId, MarkRead mark)
            throws RequestRefused {
        Room room = member.cursor(mark.getRoomId()).room();
        if (mark.getSeq() < 0 || mark.getSeq() > room.headSeq()) {
            throw new RequestRefused(
                    ErrorCode.INVALID, "seq is 0 to the newest event, " + room.headSeq());
        }
        member.beginReading();
        long userId = member.person().userId();
        Directory directory = session.services().directory();
        directory.markRead(userId, room.id(), mark.getSeq());
        directory.readMarker(
                userId,
                room.id(),
                true,
                reading -> {
                    member.endReading();
                    answer(session, userId, requestId, room.id(), reading);
                });
    }

    /// Tells somebody who has just entered a room where reading was left, if it ever began: in a
    /// private room, or for a person whom the directory has.
    static void tellAfterEntering(Session session, Member member, Room room) {
        long userId = member.person().userId();
        boolean isPrivate = room.state().kind() != RoomKind.PUBLIC;
        session.services()
                .directory()
                .readMarker(
                        userId,
                        room.id(),
                        isPrivate,
                        reading -> {
                            if (reading instanceof Reading.Found<Directory.Marker>(var marker)
                                    && (marker.exists() || isPrivate)
                                    && session.isIn(room)) {
                                session.send(0, frame(room.id(), marker));
                            }
                        });
    }

    /// All devices of the person hear of it.
    private static void answer(
            Session session,
            long userId,
            long requestId,
            long roomId,
            Reading<Directory.Marker> reading) {
        switch (reading) {
            case Reading.Found<Directory.Marker>(var marker) -> {
                session.send(requestId, frame(roomId, marker));
                for (Session device : session.services().people().sessions(userId)) {
                    if (device != session) {
                        device.send(0, frame(roomId, marker));
                    }
                }
            }
            case Reading.Failed<Directory.Marker>(var code, var text) ->
                    session.send(requestId, Session.error(code, text, 0));
        }
    }

    private static ServerFrame.Builder frame(long roomId, Directory.Marker marker) {
        return ServerFrame.newBuilder()
                .setReadMarker(
                        ReadMarker.newBuilder()
                                .setRoomId(roomId)
                                .setSeq(marker.seq())
                                .setUnread(marker.unread())
                                .setMentions(marker.mentions()));
    }
}
