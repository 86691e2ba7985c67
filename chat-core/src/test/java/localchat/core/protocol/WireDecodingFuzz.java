package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import localchat.core.model.ChatMessage;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.Person;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.ServerFrame;

/// Any bytes in the place of a frame from a server: they mean something or are refused in one way,
/// and what they mean comes back from the wire as the same.
///
/// Input: a `ServerFrame`, length prefix not included.
public final class WireDecodingFuzz {
    private WireDecodingFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        ServerFrame frame;
        try {
            frame = WireDecoding.serverFrame(ByteBuffer.wrap(input));
        } catch (MalformedFrameException e) {
            return;
        }
        WireDecoding.errorCode(frame.getError().getCode());
        WireDecoding.closeReason(frame.getGoodbye().getReason());
        event(frame.getEvent());
        frame.getEventPage().getEventsList().forEach(WireDecodingFuzz::event);
        frame.getPeoplePage().getPeopleList().forEach(WireDecodingFuzz::person);
        person(frame.getWelcome().getUser());
        room(frame.getRoomEntered().getRoom());
        room(frame.getRoomChanged().getRoom());
        frame.getRoomPage().getRoomsList().forEach(WireDecodingFuzz::room);
        long roomId = frame.getHistoryPage().getRoomId();
        frame.getHistoryPage().getMessagesList().forEach(message -> message(roomId, message));
    }

    private static void event(Event wire) {
        RoomEvent event;
        try {
            event = WireDecoding.event(wire);
        } catch (MalformedFrameException e) {
            return;
        }
        try {
            assertEquals(event, WireDecoding.event(WireEncoding.event(event)));
            // Messages are written by code of our own, all others by that of the library.
            assertEquals(
                    WireEncoding.eventFrame(event),
                    WireDecoding.serverFrame(WireEncoding.encodedEvent(event).payload()));
        } catch (MalformedFrameException e) {
            throw new AssertionError("written and not read: " + event, e);
        }
    }

    private static void message(long roomId, HistoryMessage wire) {
        ChatMessage message;
        try {
            message = WireDecoding.historyMessage(roomId, wire);
        } catch (MalformedFrameException e) {
            return;
        }
        try {
            HistoryMessage written = WireEncoding.historyMessage(message);
            assertEquals(message, WireDecoding.historyMessage(roomId, written));
        } catch (MalformedFrameException e) {
            throw new AssertionError("written and not read: " + message, e);
        }
    }

    private static void person(Person wire) {
        localchat.core.model.Person person;
        try {
            person = WireDecoding.person(wire);
        } catch (MalformedFrameException e) {
            return;
        }
        try {
            assertEquals(person, WireDecoding.person(WireEncoding.person(person)));
        } catch (MalformedFrameException e) {
            throw new AssertionError("written and not read: " + person, e);
        }
    }

    private static void room(Room wire) {
        RoomInfo room;
        try {
            room = WireDecoding.room(wire);
        } catch (MalformedFrameException e) {
            return;
        }
        try {
            assertEquals(room, WireDecoding.room(WireEncoding.room(room)));
        } catch (MalformedFrameException e) {
            throw new AssertionError("written and not read: " + room, e);
        }
    }
}
