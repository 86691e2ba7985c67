package localchat.core.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.UserName;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.Room;
import localchat.core.store.OutboxFile;

/// The bytes in which the files keep what the wire has a form for already: that form, which later
/// versions read as they read the wire. Pure functions.
final class StoredForms {
    /// A body is kept as an event, which has a form for every body; the rest of it says nothing.
    private static final UserName NOBODY = new UserName("-");

    private static final Id128 NO_EPOCH = new Id128(0, 0);

    private StoredForms() {}

    /// What is to be posted.
    static ByteString bytes(Outbox.Entry entry) {
        RoomEvent event = new RoomEvent(1, 1, 0, 1, NOBODY, entry.id(), entry.body());
        return WireEncoding.event(event).toByteString();
    }

    /// What [#bytes(Outbox.Entry)] made the bytes of; empty when it is nothing that this version
    /// can post.
    static Optional<EventBody> body(ByteString bytes) {
        try {
            EventBody body = WireDecoding.event(Event.parseFrom(bytes)).body();
            return isPostable(body) ? Optional.of(body) : Optional.empty();
        } catch (InvalidProtocolBufferException | MalformedFrameException e) {
            return Optional.empty();
        }
    }

    /// Whether a client can post this.
    static boolean isPostable(EventBody body) {
        return switch (body) {
            case EventBody.Message _,
                    EventBody.Edit _,
                    EventBody.Delete _,
                    EventBody.Reaction _,
                    EventBody.Topic _,
                    EventBody.Rename _,
                    EventBody.Pin _,
                    EventBody.Membership _ ->
                    true;
            case EventBody.Settings _,
                    EventBody.Moderation _,
                    EventBody.Tombstone _,
                    EventBody.Unknown _ ->
                    false;
        };
    }

    /// The place of a post whose room nothing is known about.
    static OutboxFile.Room nowhere(long roomId) {
        return new OutboxFile.Room(NO_EPOCH, roomId, "", RoomKind.PRIVATE);
    }

    static ByteString bytes(ChatMessage message) {
        return WireEncoding.historyMessage(message).toByteString();
    }

    static ChatMessage message(long roomId, ByteString bytes) throws MalformedFrameException {
        try {
            return WireDecoding.historyMessage(roomId, HistoryMessage.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedFrameException("the bytes are no HistoryMessage");
        }
    }

    static ByteString bytes(RoomInfo info) {
        return WireEncoding.room(info).toByteString();
    }

    static RoomInfo room(ByteString bytes) throws MalformedFrameException {
        try {
            return WireDecoding.room(Room.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedFrameException("the bytes are no Room");
        }
    }
}
