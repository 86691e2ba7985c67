package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32})
    void aMessageMentionsUpToThirtyTwoPeople(int people) {
        assertEquals(people, mentioning(Collections.nCopies(people, 1L)).mentions().size());
    }

    @Test
    void aMessageMentionsNoMoreThanThirtyTwoPeople() {
        List<Long> people = Collections.nCopies(33, 1L);
        assertThrows(IllegalArgumentException.class, () -> mentioning(people));
    }

    @Test
    void aMessageMentionsOnlyUserIds() {
        assertThrows(IllegalArgumentException.class, () -> mentioning(List.of(1L, 0L)));
    }

    @Test
    void aMessageDoesNotChangeWithTheMentionsItWasMadeOf() {
        List<Long> people = new ArrayList<>(List.of(1L));
        EventBody.Message message = mentioning(people);

        people.add(2L);

        assertEquals(List.of(1L), message.mentions());
    }

    private static EventBody.Message mentioning(List<Long> people) {
        return new EventBody.Message(new MessageText("a"), 0, false, people);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void whatChangesAMessageNamesOne(long seq) {
        MessageText text = new MessageText("a");
        Emoji emoji = new Emoji("+1");
        assertThrows(IllegalArgumentException.class, () -> new EventBody.Edit(seq, text));
        assertThrows(IllegalArgumentException.class, () -> new EventBody.Delete(seq));
        assertThrows(
                IllegalArgumentException.class, () -> new EventBody.Reaction(seq, emoji, false));
        assertThrows(IllegalArgumentException.class, () -> new EventBody.Pin(seq, false));
    }

    @Test
    void aMembershipIsSomebodys() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new EventBody.Membership(0, ANA, MembershipChange.ADDED));
    }

    @Test
    void aTombstoneIsMadeByAPersonOrByTime() {
        assertEquals(0, new EventBody.Tombstone(TombstoneCause.EXPIRED, 0).byUserId());
        assertThrows(
                IllegalArgumentException.class,
                () -> new EventBody.Tombstone(TombstoneCause.DELETED, -1));
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "a, 47", "a, 48", "é, 24", "😀, 12"})
    void aReactionHasUpToFortyEightBytes(String letter, int letters) {
        String text = letter.repeat(letters);
        assertEquals(text, new Emoji(text).value());
    }

    @ParameterizedTest
    @CsvSource({"a, 0", "a, 49", "é, 25", "😀, 13"})
    void aReactionHasNeitherNoBytesNorMoreThanFortyEight(String letter, int letters) {
        String text = letter.repeat(letters);
        assertThrows(IllegalArgumentException.class, () -> new Emoji(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\tb", "\u0000", "\u2028", "\ud83d"})
    void aReactionHasNoWhiteSpaceNorControlCharacterNorHalfACharacter(String text) {
        assertThrows(IllegalArgumentException.class, () -> new Emoji(text));
    }

    @ParameterizedTest
    @CsvSource({"a, 0", "a, 1", "a, 255", "a, 256", "é, 128"})
    void aTopicHasUpToTwoHundredAndFiftySixBytes(String letter, int letters) {
        String text = letter.repeat(letters);
        assertEquals(text, new RoomTopic(text).value());
    }

    @ParameterizedTest
    @CsvSource({"a, 257", "é, 129"})
    void aTopicHasNoMoreThanTwoHundredAndFiftySixBytes(String letter, int letters) {
        String text = letter.repeat(letters);
        assertThrows(IllegalArgumentException.class, () -> new RoomTopic(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "\u0000", "\u0085", "\ud83d"})
    void aTopicIsOneLineOfUnicode(String text) {
        assertThrows(IllegalArgumentException.class, () -> new RoomTopic(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "36500, 0", "36499, 99999999", "0, 100000000"})
    void aRetentionIsUpToACentury(int days, int messages) {
        assertEquals(days, new RoomSettings(days, messages, true).retentionDays());
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "36501, 0", "0, -1", "0, 100000001"})
    void aRetentionIsNeitherBelowZeroNorAboveItsMost(int days, int messages) {
        assertThrows(IllegalArgumentException.class, () -> new RoomSettings(days, messages, true));
    }

    @Test
    void aRoomBelongsToNobodyBelowZero() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new RoomInfo(
                                1,
                                RoomName.GENERAL,
                                RoomKind.PRIVATE,
                                "",
                                0,
                                0,
                                RoomSettings.STANDARD,
                                Optional.empty(),
                                -1));
    }

    @Test
    void aTallyCountsAtLeastThoseItNames() {
        Emoji emoji = new Emoji("+1");
        List<Long> people = List.of(1L, 2L);
        assertEquals(2, new ReactionTally(emoji, people, 2).count());
        assertThrows(IllegalArgumentException.class, () -> new ReactionTally(emoji, people, 1));
    }
}
