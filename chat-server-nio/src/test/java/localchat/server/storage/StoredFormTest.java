package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What lies on disk and must mean the same for ever.
class StoredFormTest {
    private static final List<EventBody> BODIES =
            List.of(
                    StoreUnderTest.text("a"),
                    StoreUnderTest.text("b"),
                    new EventBody.Message(new MessageText("a"), 1, false),
                    new EventBody.Message(new MessageText("a"), 0, true),
                    new EventBody.Message(new MessageText("a"), 0, false, List.of(1L)),
                    new EventBody.Edit(1, new MessageText("a")),
                    new EventBody.Edit(2, new MessageText("a")),
                    new EventBody.Delete(1),
                    new EventBody.Reaction(1, new Emoji("a"), false),
                    new EventBody.Reaction(1, new Emoji("a"), true),
                    new EventBody.Topic(new RoomTopic("a")),
                    new EventBody.Rename(new RoomName("a")),
                    new EventBody.Pin(1, false),
                    new EventBody.Pin(1, true),
                    new EventBody.Membership(1, new UserName("a"), MembershipChange.ADDED),
                    new EventBody.Membership(1, new UserName("a"), MembershipChange.LEFT),
                    new EventBody.Settings(new RoomSettings(1, 0, true)),
                    new EventBody.Settings(new RoomSettings(0, 1, true)));

    @Test
    void tellsBodiesApartByTheirDigests() {
        Set<BodyDigest> digests = new HashSet<>();
        BODIES.forEach(body -> digests.add(BodyDigest.of(body)));
        assertEquals(BODIES.size(), digests.size());
    }

    /// Databases have this one: the first half of the SHA-256 of the frame, made by hand.
    @Test
    void makesTheDigestsItAlwaysMade() {
        assertEquals(
                new BodyDigest(-7684045038307721448L, -5204165061804729674L),
                BodyDigest.of(
                        new EventBody.Message(new MessageText("hello"), 7, true, List.of(2L, 3L))));
    }

    @Test
    void numbersKindsAsItAlwaysDid() {
        assertEquals(
                List.of(1, 1, 1, 1, 1, 2, 2, 3, 4, 4, 5, 6, 7, 7, 8, 8, 9, 9),
                BODIES.stream().map(EventKind::of).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1099511627777",
        "1, 0, 1099511627776",
        "2, 1099511627775, 3298534883327",
        "8388607, 1099511627775, 9223372036854775807"
    })
    void makesKeysOfRoomAndSeq(long roomId, long seq, long key) {
        assertEquals(key, EventKey.of(roomId, seq));
        assertEquals(roomId, EventKey.roomId(key));
        assertEquals(seq, EventKey.seq(key));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "8388608, 1", "1, -1", "1, 1099511627776"})
    void makesNoKeyOfWhatWouldBeAnotherRooms(long roomId, long seq) {
        assertThrows(IllegalArgumentException.class, () -> EventKey.of(roomId, seq));
    }

    @Test
    void givesBackTheFrameItWasGiven() throws DamagedException {
        RoomEvent event =
                new RoomEvent(
                        1,
                        2,
                        3,
                        4,
                        new UserName("a"),
                        new MessageId(new Id128(5, 6)),
                        StoreUnderTest.text("hello"));
        EncodedFrame frame = WireEncoding.encodedEvent(event);
        byte[] payload = StoredFrame.payload(frame);
        long key = EventKey.of(1, 2);
        int crc = StoredFrame.crc(key, payload);
        assertEquals(event, StoredFrame.event(key, payload, crc));
        assertArrayEquals(bytes(frame), bytes(StoredFrame.frame(key, payload, crc)));
        assertNotEquals(crc, StoredFrame.crc(key + 1, payload));
        for (int bit = 0; bit < payload.length * 8; bit++) {
            byte[] damaged = payload.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThrows(DamagedException.class, () -> StoredFrame.frame(key, damaged, crc));
        }
    }

    private static byte[] bytes(EncodedFrame frame) {
        byte[] bytes = new byte[frame.length()];
        frame.copyTo(bytes, 0);
        return bytes;
    }
}
