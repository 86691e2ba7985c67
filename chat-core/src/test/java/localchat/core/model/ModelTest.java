package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The small values: what they refuse.
class ModelTest {
    private static final UserName ANA = new UserName("Ana");
    private static final MessageId ID = MessageId.random(new Random(1));
    private static final EventBody HELLO =
            new EventBody.Message(new MessageText("hello"), 0, false);

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aPersonHasAnIdAboveZero(long id) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Person(id, ANA, Role.MEMBER, Availability.ONLINE));
    }

    @Test
    void aPersonMayHaveTheLowestId() {
        assertEquals(1, new Person(1, ANA, Role.MEMBER, Availability.ONLINE).userId());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0", "-1, 1, 1", "1, -1, 1", "1, 1, -1"})
    void anEventHasNumbersAboveZero(long room, long seq, long sender) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RoomEvent(room, seq, 0, sender, ANA, ID, HELLO));
    }

    @Test
    void anEventMayHaveTheLowestNumbers() {
        assertEquals(1, new RoomEvent(1, 1, 0, 1, ANA, ID, HELLO).seq());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "-1, 0, 0", "1, -1, 0", "1, 0, -1"})
    void aRoomHasNoNumbersBelowTheirRange(long room, long head, int online) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RoomInfo(room, RoomName.GENERAL, RoomKind.PUBLIC, "", head, online));
    }

    @Test
    void aRoomMayBeEmpty() {
        assertEquals(0, new RoomInfo(1, RoomName.GENERAL, RoomKind.PUBLIC, "", 0, 0).headSeq());
    }

    @Test
    void aReplyPointsNotBelowZero() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new EventBody.Message(new MessageText("a"), -1, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void aDigestHasThirtyTwoBytes(int length) {
        assertThrows(IllegalArgumentException.class, () -> new Digest32(new byte[length]));
    }

    @Test
    void aDigestDoesNotChangeWithTheBytesItWasMadeOf() {
        byte[] bytes = new byte[32];
        Digest32 digest = new Digest32(bytes);

        bytes[0] = 1;

        assertArrayEquals(new byte[32], digest.bytes());
    }

    @Test
    void aDigestDoesNotChangeWithTheBytesItGives() {
        Digest32 digest = new Digest32(new byte[32]);

        digest.bytes()[0] = 1;

        assertArrayEquals(new byte[32], digest.bytes());
    }

    @Test
    void aDigestIsEqualByItsBytes() {
        assertEquals(new Digest32(new byte[32]), new Digest32(new byte[32]));
        assertEquals(new Digest32(new byte[32]).hashCode(), new Digest32(new byte[32]).hashCode());
    }

    @Test
    void aDigestDiffersInAnyByte() {
        byte[] bytes = new byte[32];
        bytes[31] = 1;

        assertNotEquals(new Digest32(new byte[32]), new Digest32(bytes));
    }

    @Test
    void aDigestIsWrittenInHexadecimal() {
        byte[] bytes = new byte[32];
        bytes[31] = (byte) 0xAB;

        assertEquals("00".repeat(31) + "ab", new Digest32(bytes).toString());
    }

    @ParameterizedTest
    @EnumSource
    void everyEndingHasWords(CloseReason reason) {
        assertFalse(reason.words().isBlank());
    }

    @Test
    void onlyWhatBreaksAFlightMayBeRetried() {
        EnumSet<ErrorCode> retryable = EnumSet.allOf(ErrorCode.class);
        assertTrue(retryable.removeIf(code -> !code.retryable()));

        assertEquals(
                EnumSet.of(
                        ErrorCode.FLIGHT_REFUSED,
                        ErrorCode.RATE_LIMITED,
                        ErrorCode.BUSY,
                        ErrorCode.STORAGE_FULL,
                        ErrorCode.STORAGE_FAILED),
                retryable);
    }
}
