package localchat.core.protocol;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Random;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.PeoplePage;
import localchat.core.protocol.wire.Person;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomPage;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Random and damaged frames: decoding gives a value or a [MalformedFrameException], never anything
/// else. To repeat a failure: `-Dlocalchat.fuzz.seed=` and the seed printed.
class WireDecodingFuzzTest {
    private final long seed = Long.getLong("localchat.fuzz.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @BeforeEach
    void tellTheSeed(TestInfo test) {
        System.out.println(test.getDisplayName() + " -Dlocalchat.fuzz.seed=" + seed);
    }

    @Test
    void takesRandomBytes() {
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            decode(bytes);
        }
    }

    @Test
    void takesDamagedFrames() {
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = frame().toByteArray();
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            decode(bytes);
        }
    }

    private ServerFrame frame() {
        ServerFrame.Builder frame = ServerFrame.newBuilder();
        switch (random.nextInt(5)) {
            case 0 -> frame.setEvent(event());
            case 1 -> frame.setEventPage(EventPage.newBuilder().addEvents(event()));
            case 2 -> frame.setPeoplePage(PeoplePage.newBuilder().addPeople(person()));
            case 3 ->
                    frame.setRoomPage(
                            RoomPage.newBuilder()
                                    .addRooms(
                                            Room.newBuilder()
                                                    .setRoomId(number())
                                                    .setName(text())
                                                    .setHeadSeq(number())
                                                    .setKindValue(random.nextInt(5))
                                                    .setOnline(random.nextInt())
                                                    .setPeer(person())));
            default ->
                    frame.setHistoryPage(
                            HistoryPage.newBuilder()
                                    .setRoomId(number())
                                    .addMessages(
                                            HistoryMessage.newBuilder()
                                                    .setSeq(number())
                                                    .setSenderUserId(number())
                                                    .setSenderName(text())
                                                    .setClientMsgId(id())
                                                    .setMessage(body())));
        }
        return frame.build();
    }

    private Event event() {
        return Event.newBuilder()
                .setRoomId(number())
                .setSeq(number())
                .setTimeMs(random.nextLong())
                .setSenderUserId(number())
                .setSenderName(text())
                .setClientMsgId(id())
                .setMessage(body())
                .build();
    }

    private MessageBody body() {
        return MessageBody.newBuilder().setText(text()).setReplyToSeq(number()).build();
    }

    private Person person() {
        return Person.newBuilder()
                .setUserId(number())
                .setName(text())
                .setRoleValue(random.nextInt())
                .build();
    }

    private long number() {
        return random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(3);
    }

    private ByteString id() {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(20) : 16];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            text.appendCodePoint(
                    random.nextBoolean() ? 'a' + random.nextInt(26) : random.nextInt(0xD800));
        }
        return text.toString();
    }

    private static void decode(byte[] bytes) {
        try {
            ServerFrame frame = WireDecoding.serverFrame(ByteBuffer.wrap(bytes));
            if (frame.hasEvent()) {
                WireDecoding.event(frame.getEvent());
            }
            for (Event event : frame.getEventPage().getEventsList()) {
                WireDecoding.event(event);
            }
            for (Person person : frame.getPeoplePage().getPeopleList()) {
                WireDecoding.person(person);
            }
            for (Room room : frame.getRoomPage().getRoomsList()) {
                WireDecoding.room(room);
            }
            for (HistoryMessage message : frame.getHistoryPage().getMessagesList()) {
                WireDecoding.historyMessage(frame.getHistoryPage().getRoomId(), message);
            }
            WireDecoding.errorCode(frame.getError().getCode());
            WireDecoding.closeReason(frame.getGoodbye().getReason());
        } catch (MalformedFrameException e) {
            // What bad input is for.
        }
    }
}
