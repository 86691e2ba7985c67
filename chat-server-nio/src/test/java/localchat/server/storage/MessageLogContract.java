package localchat.server.storage;

import static localchat.server.storage.StoreUnderTest.ANA;
import static localchat.server.storage.StoreUnderTest.BEN;
import static localchat.server.storage.StoreUnderTest.CLEO;
import static localchat.server.storage.StoreUnderTest.logPost;
import static localchat.server.storage.StoreUnderTest.name;
import static localchat.server.storage.StoreUnderTest.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import localchat.core.model.ChatMessage;
import localchat.core.model.Digest32;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.ReactionTally;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.TombstoneCause;
import localchat.core.protocol.EncodedFrame;
import localchat.server.room.Directory;
import localchat.server.room.Directory.Marker;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog.Events;
import localchat.server.room.MessageLog.Page;
import localchat.server.room.MessageLog.PageAnchor;
import localchat.server.room.PostOutcome;
import localchat.server.room.RoomRules;
import localchat.server.room.Standing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every message log and directory keeps to, whatever it is kept in.
abstract class MessageLogContract {
    static final long ROOM = 1;
    static final long OTHER_ROOM = 2;
    static final long PRIVATE_ROOM = 3;

    final StoreUnderTest store = new StoreUnderTest();

    /// Gives [#store] a new log to work with.
    abstract void open() throws Exception;

    /// Has the log decide all that is offered meanwhile in one group.
    abstract void together(Runnable offers);

    @BeforeEach
    void begin() throws Exception {
        open();
        store.addPublicRoom(ROOM);
        store.addPublicRoom(OTHER_ROOM);
        store.addPrivateRoom(PRIVATE_ROOM, true, ANA, BEN);
    }

    private static ErrorCode refused(PostOutcome outcome) {
        return assertInstanceOf(PostOutcome.Refused.class, outcome).code();
    }

    private static EventBody edit(long seq, String text) {
        return new EventBody.Edit(seq, new MessageText(text));
    }

    private static EventBody delete(long seq) {
        return new EventBody.Delete(seq);
    }

    private static EventBody react(long seq, String emoji) {
        return new EventBody.Reaction(seq, new Emoji(emoji), false);
    }

    private static EventBody unreact(long seq, String emoji) {
        return new EventBody.Reaction(seq, new Emoji(emoji), true);
    }

    private static EventBody pin(long seq) {
        return new EventBody.Pin(seq, false);
    }

    private static EventBody member(long userId, MembershipChange change) {
        return new EventBody.Membership(userId, name(userId), change);
    }

    private static EventBody mention(String text, Long... userIds) {
        return new EventBody.Message(new MessageText(text), 0, false, List.of(userIds));
    }

    // Numbering and ids.

    @Test
    void numbersEachRoomFromOneWithoutHoles() {
        assertEquals(1, store.say(ROOM, ANA, "a"));
        assertEquals(1, store.say(OTHER_ROOM, BEN, "b"));
        assertEquals(2, store.say(ROOM, ANA, "c"));
        assertEquals(2, store.say(OTHER_ROOM, ANA, "d"));
    }

    @Test
    void tellsTheFrameThatIsStored() {
        PostOutcome.Stored stored = (PostOutcome.Stored) store.post(ROOM, ANA, text("hello"));
        RoomEvent event = StoreUnderTest.event(stored.event());
        assertEquals(new EventBody.Message(new MessageText("hello"), 0, false), event.body());
        assertEquals(1_000, event.timeMillis());
        assertEquals(1_000, stored.timeMillis());
        EncodedFrame read = store.frames(ROOM, 1, 1, 1 << 20).frames().getFirst();
        assertArrayEquals(bytes(stored.event()), bytes(read));
    }

    private static byte[] bytes(EncodedFrame frame) {
        byte[] bytes = new byte[frame.length()];
        frame.copyTo(bytes, 0);
        return bytes;
    }

    @Test
    void answersTheSamePostWithItsFirstSeqAndTime() {
        store.post(logPost(ROOM, ANA, 7, text("a")));
        store.nowMillis.set(5_000);
        PostOutcome.Duplicate again =
                assertInstanceOf(
                        PostOutcome.Duplicate.class, store.post(logPost(ROOM, ANA, 7, text("a"))));
        assertEquals(1, again.seq());
        assertEquals(1_000, again.timeMillis());
        assertEquals(2, store.say(ROOM, ANA, "b"));
    }

    @Test
    void findsTheSamePostStillUnderWay() {
        together(() -> {
            store.offer(logPost(ROOM, ANA, 7, text("a")));
            store.offer(logPost(ROOM, ANA, 7, text("a")));
        });
        List<PostOutcome> outcomes = store.settle();
        int last = outcomes.size() - 1;
        assertInstanceOf(PostOutcome.Stored.class, outcomes.get(last - 1));
        assertInstanceOf(PostOutcome.Duplicate.class, outcomes.get(last));
    }

    @Test
    void refusesTheSameIdForAnotherBody() {
        store.post(logPost(ROOM, ANA, 7, text("a")));
        assertEquals(ErrorCode.CONFLICT, refused(store.post(logPost(ROOM, ANA, 7, text("b")))));
    }

    @Test
    void refusesTheSameIdInAnotherRoom() {
        store.post(logPost(ROOM, ANA, 7, text("a")));
        assertEquals(
                ErrorCode.CONFLICT, refused(store.post(logPost(OTHER_ROOM, ANA, 7, text("a")))));
    }

    @Test
    void takesTheSameIdFromSomebodyElseAndFromAnotherDevice() {
        store.post(logPost(ROOM, ANA, 7, text("a")));
        assertInstanceOf(PostOutcome.Stored.class, store.post(logPost(ROOM, BEN, 7, text("b"))));
        byte[] device = new byte[32];
        device[0] = 1;
        LogPost other =
                new LogPost(
                        ROOM,
                        ANA,
                        name(ANA),
                        Standing.MEMBER,
                        new Digest32(device),
                        new MessageId(new Id128(0, 7)),
                        text("c"),
                        0,
                        1,
                        outcome -> {});
        assertInstanceOf(PostOutcome.Stored.class, store.post(other));
    }

    @Test
    void knowsAPostWhoseTextIsGone() {
        store.post(logPost(ROOM, ANA, 7, text("a")));
        store.post(logPost(ROOM, ANA, 8, edit(1, "b")));
        store.post(logPost(ROOM, ANA, 9, delete(1)));
        for (LogPost again :
                List.of(
                        logPost(ROOM, ANA, 7, text("a")),
                        logPost(ROOM, ANA, 8, edit(1, "b")),
                        logPost(ROOM, ANA, 9, delete(1)))) {
            assertInstanceOf(PostOutcome.Duplicate.class, store.post(again));
        }
        assertEquals(ErrorCode.CONFLICT, refused(store.post(logPost(ROOM, ANA, 7, text("x")))));
        assertEquals(ErrorCode.CONFLICT, refused(store.post(logPost(ROOM, ANA, 8, edit(1, "x")))));
    }

    @Test
    void answersTheSamePostOfSomebodyWhoIsNoMemberAnyMore() {
        store.post(logPost(PRIVATE_ROOM, BEN, 7, text("a")));
        store.stored(PRIVATE_ROOM, ANA, member(BEN, MembershipChange.REMOVED));
        assertInstanceOf(
                PostOutcome.Duplicate.class, store.post(logPost(PRIVATE_ROOM, BEN, 7, text("a"))));
    }

    @Test
    void refusesAPostToARoomThatIsNotKnown() {
        assertEquals(ErrorCode.NOT_FOUND, refused(store.post(99, ANA, text("a"))));
    }

    @Test
    void decidesInTheOrderOfOffers() {
        together(() -> {
            for (int i = 0; i < 600; i++) {
                store.offer(logPost(ROOM, ANA, i, text("m" + i)));
            }
        });
        store.settle();
        List<RoomEvent> events = store.events(ROOM, 1);
        assertEquals(600, events.size());
        for (int i = 0; i < 600; i++) {
            assertEquals(text("m" + i), events.get(i).body());
        }
    }

    @Test
    void neverGivesAnIdTwice() {
        Set<Long> rooms = new HashSet<>();
        Set<Long> people = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertTrue(rooms.add(store.directory().newRoomId()));
            assertTrue(people.add(store.directory().newUserId()));
            store.say(ROOM, ANA, "so that the store can reserve more");
        }
    }

    // Kinds of events, decided in log order.

    @Test
    void storesEveryKindOfEvent() {
        List<EventBody> bodies =
                List.of(
                        text("a"),
                        edit(1, "b"),
                        react(1, "👍"),
                        pin(1),
                        new EventBody.Topic(new RoomTopic("topic")),
                        new EventBody.Rename(new RoomName("renamed")),
                        member(CLEO, MembershipChange.ADDED),
                        member(CLEO, MembershipChange.REMOVED),
                        member(BEN, MembershipChange.OWNER),
                        member(ANA, MembershipChange.LEFT));
        for (EventBody body : bodies) {
            store.stored(PRIVATE_ROOM, ANA, body);
        }
        store.stored(PRIVATE_ROOM, BEN, new EventBody.Settings(new RoomSettings(30, 1_000, false)));
        List<RoomEvent> events = store.events(PRIVATE_ROOM, 1);
        assertEquals(bodies, events.stream().limit(10).map(RoomEvent::body).toList());
        assertEquals(
                new EventBody.Settings(new RoomSettings(30, 1_000, false)),
                events.getLast().body());
    }

    @Test
    void refusesAnEditOfAMessageDeletedEarlierInTheSameGroup() {
        store.say(ROOM, ANA, "a");
        together(() -> {
            store.offer(store.next(ROOM, ANA, delete(1)));
            store.offer(store.next(ROOM, ANA, edit(1, "b")));
        });
        assertEquals(ErrorCode.NOT_FOUND, refused(store.settle().getLast()));
    }

    @Test
    void takesAnEditOfAMessagePostedEarlierInTheSameGroup() {
        together(() -> {
            store.offer(logPost(ROOM, ANA, 1, text("a")));
            store.offer(logPost(ROOM, ANA, 2, edit(1, "b")));
        });
        assertInstanceOf(PostOutcome.Stored.class, store.settle().getLast());
        assertEquals(text("b"), store.message(ROOM, 1).body());
    }

    @Test
    void refusesAPostOfSomebodyRemovedEarlierInTheSameGroup() {
        together(() -> {
            store.offer(store.next(PRIVATE_ROOM, ANA, member(BEN, MembershipChange.REMOVED)));
            store.offer(store.next(PRIVATE_ROOM, BEN, text("a")));
        });
        assertEquals(ErrorCode.NOT_IN_ROOM, refused(store.settle().getLast()));
    }

    @Test
    void takesAPostOfSomebodyAddedEarlierInTheSameGroup() {
        together(() -> {
            store.offer(store.next(PRIVATE_ROOM, ANA, member(CLEO, MembershipChange.ADDED)));
            store.offer(store.next(PRIVATE_ROOM, CLEO, text("a")));
        });
        assertInstanceOf(PostOutcome.Stored.class, store.settle().getLast());
    }

    @Test
    void refusesWhatIsAboutNoMessage() {
        store.say(ROOM, ANA, "a");
        store.stored(ROOM, ANA, edit(1, "b"));
        for (long target : new long[] {2, 3, 1L << 39, 1L << 41, Long.MAX_VALUE}) {
            assertEquals(ErrorCode.NOT_FOUND, refused(store.post(ROOM, ANA, edit(target, "x"))));
            assertEquals(ErrorCode.NOT_FOUND, refused(store.post(ROOM, ANA, delete(target))));
            assertEquals(ErrorCode.NOT_FOUND, refused(store.post(ROOM, ANA, react(target, "x"))));
            assertEquals(ErrorCode.NOT_FOUND, refused(store.post(ROOM, ANA, pin(target))));
        }
    }

    @Test
    void refusesToChangeSomebodyElsesMessage() {
        store.say(ROOM, ANA, "a");
        assertEquals(ErrorCode.FORBIDDEN, refused(store.post(ROOM, BEN, edit(1, "x"))));
        assertEquals(ErrorCode.FORBIDDEN, refused(store.post(ROOM, BEN, delete(1))));
    }

    @Test
    void pinsAsManyAsItMay() {
        for (int i = 1; i <= RoomRules.PINS_MAX + 1; i++) {
            store.say(ROOM, ANA, "m" + i);
        }
        for (int i = 1; i < RoomRules.PINS_MAX; i++) {
            store.stored(ROOM, BEN, pin(i));
        }
        store.stored(ROOM, BEN, pin(1));
        store.stored(ROOM, BEN, pin(RoomRules.PINS_MAX));
        assertEquals(
                ErrorCode.FORBIDDEN, refused(store.post(ROOM, BEN, pin(RoomRules.PINS_MAX + 1))));
        store.stored(ROOM, BEN, new EventBody.Pin(1, true));
        store.stored(ROOM, BEN, new EventBody.Pin(1, true));
        store.stored(ROOM, BEN, pin(RoomRules.PINS_MAX + 1));
        assertEquals(ErrorCode.FORBIDDEN, refused(store.post(ROOM, BEN, pin(1))));
        store.stored(ROOM, ANA, delete(2));
        store.stored(ROOM, BEN, pin(1));
        assertFalse(store.message(ROOM, 2).pinned());
        assertTrue(store.message(ROOM, 1).pinned());
    }

    @Test
    void editsAMessageAsOftenAsItMay() {
        store.say(ROOM, ANA, "a");
        together(() -> {
            for (int i = 1; i <= RoomRules.EDITS_MAX; i++) {
                store.offer(store.next(ROOM, ANA, edit(1, "e" + i)));
            }
        });
        assertInstanceOf(PostOutcome.Stored.class, store.settle().getLast());
        assertEquals(ErrorCode.FORBIDDEN, refused(store.post(ROOM, ANA, edit(1, "more"))));
        assertEquals(text("e" + RoomRules.EDITS_MAX), store.message(ROOM, 1).body());
        store.stored(ROOM, ANA, delete(1));
        List<RoomEvent> events = store.events(ROOM, 1);
        assertEquals(RoomRules.EDITS_MAX + 2, events.size());
        assertTrue(
                events.stream()
                        .limit(RoomRules.EDITS_MAX + 1)
                        .allMatch(event -> event.body() instanceof EventBody.Tombstone));
    }

    @Test
    void takesAsManyDifferentReactionsAsItMay() {
        store.say(ROOM, ANA, "a");
        for (int i = 1; i <= RoomRules.REACTIONS_MAX; i++) {
            store.stored(ROOM, BEN, react(1, "r" + i));
        }
        assertEquals(ErrorCode.FORBIDDEN, refused(store.post(ROOM, BEN, react(1, "more"))));
        store.stored(ROOM, ANA, react(1, "r1"));
        store.stored(ROOM, BEN, unreact(1, "r2"));
        store.stored(ROOM, BEN, react(1, "more"));
        List<ReactionTally> tallies = store.message(ROOM, 1).reactions();
        assertEquals(RoomRules.REACTIONS_MAX, tallies.size());
        assertEquals(new ReactionTally(new Emoji("more"), List.of(BEN), 1), tallies.getLast());
    }

    @Test
    void namesSomeOfManyWhoReacted() {
        store.say(ROOM, ANA, "a");
        int people = MessageBounds.PEOPLE_NAMED + 1;
        for (int userId = 1; userId <= people; userId++) {
            store.stored(ROOM, userId, react(1, "👍"));
        }
        ReactionTally tally = store.message(ROOM, 1).reactions().getFirst();
        assertEquals(people, tally.count());
        assertEquals(MessageBounds.PEOPLE_NAMED, tally.userIds().size());
    }

    // Folded pages.

    @Test
    void foldsEditsReactionsAndPinsIntoTheirMessage() {
        store.say(ROOM, ANA, "a");
        store.nowMillis.set(2_000);
        store.stored(ROOM, ANA, edit(1, "b"));
        store.nowMillis.set(3_000);
        store.stored(ROOM, ANA, edit(1, "c"));
        store.stored(ROOM, BEN, react(1, "👍"));
        store.stored(ROOM, CLEO, react(1, "👎"));
        store.stored(ROOM, ANA, react(1, "👍"));
        store.stored(ROOM, ANA, react(1, "👍"));
        store.stored(ROOM, BEN, pin(1));
        ChatMessage message = store.message(ROOM, 1);
        assertEquals(text("c"), message.body());
        assertEquals(1_000, message.timeMillis());
        assertEquals(3_000, message.editedMillis());
        assertTrue(message.pinned());
        assertEquals(
                List.of(
                        new ReactionTally(new Emoji("👍"), List.of(BEN, ANA), 2),
                        new ReactionTally(new Emoji("👎"), List.of(CLEO), 1)),
                message.reactions());
    }

    @Test
    void keepsReactionsInTheOrderOfTheirFirst() {
        store.say(ROOM, ANA, "a");
        store.stored(ROOM, ANA, react(1, "1"));
        store.stored(ROOM, ANA, react(1, "2"));
        store.stored(ROOM, BEN, react(1, "1"));
        store.stored(ROOM, ANA, unreact(1, "1"));
        store.stored(ROOM, ANA, unreact(1, "1"));
        assertEquals(
                List.of(
                        new ReactionTally(new Emoji("1"), List.of(BEN), 1),
                        new ReactionTally(new Emoji("2"), List.of(ANA), 1)),
                store.message(ROOM, 1).reactions());
        store.stored(ROOM, BEN, unreact(1, "1"));
        store.stored(ROOM, BEN, react(1, "1"));
        assertEquals(
                List.of(
                        new ReactionTally(new Emoji("2"), List.of(ANA), 1),
                        new ReactionTally(new Emoji("1"), List.of(BEN), 1)),
                store.message(ROOM, 1).reactions());
    }

    /// Whatever happened: a page says what a reader of all events would say.
    @Test
    void pagesSayWhatTheEventsSay() {
        store.say(ROOM, ANA, "a");
        store.say(ROOM, BEN, "b");
        store.stored(ROOM, ANA, edit(1, "a2"));
        store.stored(ROOM, BEN, react(2, "👍"));
        store.say(ROOM, CLEO, "c");
        store.stored(ROOM, ANA, react(5, "👎"));
        store.stored(ROOM, ANA, pin(2));
        store.stored(ROOM, BEN, unreact(2, "👍"));
        store.stored(ROOM, BEN, edit(2, "b2"));
        List<RoomEvent> events = store.events(ROOM, 1);
        List<ChatMessage> folded =
                events.stream()
                        .filter(ChatMessage::isMessage)
                        .map(ChatMessage::of)
                        .map(message -> {
                            ChatMessage now = message;
                            for (RoomEvent event : events) {
                                now = now.after(event);
                            }
                            return now;
                        })
                        .toList();
        Page page = store.page(ROOM, new PageAnchor.Before(0), 10);
        assertEquals(folded, page.messages());
        assertEquals(9, page.trueAsOfSeq());
    }

    @Test
    void givesPagesAroundEveryAnchor() {
        for (int i = 1; i <= 30; i++) {
            store.nowMillis.set(i * 10L);
            store.say(ROOM, ANA, "m");
        }
        assertPage(new PageAnchor.Before(0), 26, 30, true, false);
        assertPage(new PageAnchor.Before(4), 1, 3, false, true);
        assertPage(new PageAnchor.Before(Long.MAX_VALUE), 26, 30, true, false);
        assertPage(new PageAnchor.After(0), 1, 5, false, true);
        assertPage(new PageAnchor.After(28), 29, 30, true, false);
        assertPage(new PageAnchor.Around(15), 13, 17, true, true);
        assertPage(new PageAnchor.Around(1), 1, 5, false, true);
        assertPage(new PageAnchor.Around(Long.MAX_VALUE), 29, 30, true, false);
        assertPage(new PageAnchor.FromTime(205), 21, 25, true, true);
        assertPage(new PageAnchor.FromTime(Long.MIN_VALUE), 1, 5, false, true);
    }

    /// Three messages, each with two events of other kinds behind it.
    @Test
    void countsMessagesAloneOnPages() {
        for (int i = 0; i < 3; i++) {
            long seq = store.say(ROOM, ANA, "m" + i);
            store.stored(ROOM, BEN, react(seq, "👍"));
            store.stored(ROOM, BEN, react(seq, "👎"));
        }
        assertSeqs(store.page(ROOM, new PageAnchor.Before(0), 2), true, false, 4, 7);
        assertSeqs(store.page(ROOM, new PageAnchor.Before(7), 2), false, true, 1, 4);
        assertSeqs(store.page(ROOM, new PageAnchor.After(1), 2), true, false, 4, 7);
        assertSeqs(store.page(ROOM, new PageAnchor.After(7), 2), true, false);
        assertSeqs(store.page(ROOM, new PageAnchor.Around(4), 2), false, true, 1, 4);
        assertSeqs(store.page(ROOM, new PageAnchor.Around(6), 2), true, false, 4, 7);
        assertSeqs(store.page(ROOM, new PageAnchor.Before(1), 2), false, true);
        assertEquals(9, store.page(ROOM, new PageAnchor.Before(1), 2).trueAsOfSeq());
    }

    private static void assertSeqs(Page page, boolean before, boolean after, long... seqs) {
        assertArrayEquals(seqs, page.messages().stream().mapToLong(ChatMessage::seq).toArray());
        assertEquals(before, page.moreBefore(), "more before");
        assertEquals(after, page.moreAfter(), "more after");
    }

    private void assertPage(PageAnchor anchor, long from, long to, boolean before, boolean after) {
        Page page = store.page(ROOM, anchor, 5);
        assertEquals(from, page.messages().getFirst().seq(), anchor.toString());
        assertEquals(to, page.messages().getLast().seq(), anchor.toString());
        assertEquals(before, page.moreBefore(), anchor.toString());
        assertEquals(after, page.moreAfter(), anchor.toString());
    }

    @Test
    void givesAnEmptyPagePastTheEnd() {
        store.say(ROOM, ANA, "m");
        for (PageAnchor anchor :
                List.of(
                        new PageAnchor.After(1),
                        new PageAnchor.After(Long.MAX_VALUE),
                        new PageAnchor.FromTime(Long.MAX_VALUE))) {
            assertSeqs(store.page(ROOM, anchor, 5), true, false);
        }
    }

    @Test
    void givesAnEmptyPageOfARoomWithoutEvents() {
        for (long room : new long[] {ROOM, 99}) {
            Page page = store.page(room, new PageAnchor.Before(0), 5);
            assertSeqs(page, false, false);
            assertEquals(0, page.trueAsOfSeq());
        }
    }

    @Test
    void hidesWhatSomebodyMayNotSee() {
        for (int i = 1; i <= 10; i++) {
            store.say(ROOM, ANA, "m" + i);
        }
        assertSeqs(store.page(ROOM, 8, new PageAnchor.Before(0), 5), false, false, 8, 9, 10);
        assertSeqs(store.page(ROOM, 8, new PageAnchor.Before(0), 2), true, false, 9, 10);
        assertSeqs(store.page(ROOM, 8, new PageAnchor.Before(8), 5), false, true);
        assertSeqs(store.page(ROOM, 8, new PageAnchor.After(0), 2), false, true, 8, 9);
        assertSeqs(store.page(ROOM, 8, new PageAnchor.Around(3), 2), false, true, 8, 9);
        assertSeqs(store.page(ROOM, 8, new PageAnchor.FromTime(0), 2), false, true, 8, 9);
        assertSeqs(store.page(ROOM, 11, new PageAnchor.Before(0), 5), false, false);
        assertSeqs(store.page(ROOM, 12, new PageAnchor.Before(0), 5), false, false);
    }

    // Tombstones.

    @Test
    void leavesATombstoneWhereAMessageAndItsEditsWere() {
        store.say(ROOM, ANA, "secret one");
        store.stored(ROOM, ANA, edit(1, "secret two"));
        store.stored(ROOM, BEN, react(1, "👍"));
        store.stored(ROOM, BEN, pin(1));
        RoomEvent before = store.events(ROOM, 1).getFirst();
        store.nowMillis.set(9_000);
        store.stored(ROOM, ANA, delete(1));
        EventBody.Tombstone tombstone = new EventBody.Tombstone(TombstoneCause.DELETED, ANA);
        List<RoomEvent> events = store.events(ROOM, 1);
        assertEquals(Tombstones.of(before, tombstone), events.getFirst());
        assertEquals(tombstone, events.get(1).body());
        assertEquals(react(1, "👍"), events.get(2).body());
        assertEquals(delete(1), events.getLast().body());
        Page page = store.page(ROOM, new PageAnchor.Before(0), 5);
        assertSeqs(page, false, false, 1);
        assertEquals(ChatMessage.of(Tombstones.of(before, tombstone)), page.messages().getFirst());
    }

    @Test
    void leavesTheOthersWhenOneIsDeleted() {
        for (int i = 1; i <= 200; i++) {
            store.say(ROOM, ANA, "message number " + i);
        }
        for (long seq : new long[] {1, 64, 65, 200}) {
            store.stored(ROOM, ANA, delete(seq));
        }
        List<RoomEvent> events = store.events(ROOM, 1);
        for (int i = 1; i <= 200; i++) {
            boolean gone = i == 1 || i == 64 || i == 65 || i == 200;
            assertEquals(gone, events.get(i - 1).body() instanceof EventBody.Tombstone);
            if (!gone) {
                assertEquals(text("message number " + i), events.get(i - 1).body());
            }
        }
    }

    // Runs of events.

    @Test
    void readsAtLeastOneEventAndNoMoreBytesThanAsked() {
        for (int i = 1; i <= 20; i++) {
            store.say(ROOM, ANA, "x".repeat(1_000));
        }
        int frame = store.frames(ROOM, 3, 3, 1).frames().getFirst().length();
        assertEquals(1, store.events(ROOM, 3, 20, 1).size());
        assertEquals(1, store.events(ROOM, 3, 20, 2 * frame - 1).size());
        assertEquals(2, store.events(ROOM, 3, 20, 2 * frame).size());
        assertEquals(18, store.events(ROOM, 3, 20, 1 << 20).size());
    }

    @Test
    void readsNoEventOutsideTheRange() {
        for (int i = 1; i <= 5; i++) {
            store.say(ROOM, ANA, "m");
            store.say(OTHER_ROOM, ANA, "m");
        }
        assertEquals(3, store.events(ROOM, 2, 4, 1 << 20).size());
        assertEquals(5, store.events(ROOM, 0, Long.MAX_VALUE, 1 << 20).size());
        for (Events none :
                List.of(
                        store.frames(ROOM, 4, 3, 1 << 20),
                        store.frames(ROOM, 6, Long.MAX_VALUE, 1 << 20),
                        store.frames(ROOM, Long.MAX_VALUE, Long.MAX_VALUE, 1 << 20),
                        store.frames(99, 1, 5, 1 << 20))) {
            assertEquals(List.of(), none.frames());
        }
    }

    @Test
    void keepsEventsFromTheFirstOn() {
        assertEquals(1, store.log().oldestSeq(ROOM));
        store.say(ROOM, ANA, "m");
        assertEquals(1, store.log().oldestSeq(ROOM));
        assertEquals(1, store.log().oldestSeq(99));
    }

    // Read markers.

    @Test
    void mergesMarkersWithMax() {
        for (int i = 1; i <= 5; i++) {
            store.say(ROOM, ANA, "m");
        }
        store.directory().markRead(BEN, ROOM, 3);
        store.directory().markRead(BEN, ROOM, 2);
        assertEquals(new Marker(3, 2, 0, true), store.marker(BEN, ROOM, false));
        store.say(ROOM, ANA, "so that the marker is written");
        store.directory().markRead(BEN, ROOM, 1);
        assertEquals(new Marker(3, 3, 0, true), store.marker(BEN, ROOM, false));
        store.say(ROOM, BEN, "and this one");
        assertEquals(new Marker(3, 3, 0, true), store.marker(BEN, ROOM, false));
        store.directory().markRead(BEN, ROOM, Long.MAX_VALUE);
        assertEquals(0, store.marker(BEN, ROOM, false).unread());
    }

    @Test
    void tellsWhoHasNoMarker() {
        store.say(ROOM, ANA, "m");
        assertEquals(new Marker(0, 0, 0, false), store.marker(BEN, ROOM, false));
        assertEquals(new Marker(0, 1, 0, false), store.marker(BEN, ROOM, true));
        assertEquals(new Marker(0, 0, 0, false), store.marker(BEN, 99, true));
    }

    @Test
    void countsMessagesOfOthersAsUnread() {
        store.say(ROOM, ANA, "counts");
        store.say(ROOM, BEN, "mine");
        store.stored(ROOM, ANA, edit(1, "no message"));
        store.stored(ROOM, CLEO, mention("counts, and mentions", BEN, ANA));
        store.stored(ROOM, BEN, mention("mine", BEN));
        store.stored(ROOM, CLEO, mention("will be gone", BEN));
        store.stored(ROOM, CLEO, delete(6));
        store.stored(ROOM, ANA, react(1, "👍"));
        assertEquals(new Marker(0, 2, 1, false), store.marker(BEN, ROOM, true));
        store.directory().markRead(BEN, ROOM, 4);
        assertEquals(new Marker(4, 0, 0, true), store.marker(BEN, ROOM, true));
    }

    @Test
    void countsNothingThatSomebodyMayNotSee() {
        store.addPrivateRoom(4, false, ANA);
        store.stored(4, ANA, mention("before", CLEO));
        store.stored(4, ANA, member(CLEO, MembershipChange.ADDED));
        store.stored(4, ANA, mention("after", CLEO));
        assertEquals(new Marker(0, 1, 1, false), store.marker(CLEO, 4, true));
    }

    @Test
    void countsUnreadUpToItsLimit() {
        int many = Directory.UNREAD_MAX + 1;
        for (int from = 0; from < many; from += 4_000) {
            int to = Math.min(many, from + 4_000);
            for (int i = from; i < to; i++) {
                store.offer(store.next(ROOM, ANA, mention("m", BEN)));
            }
            store.settle();
        }
        assertUnread(2, Directory.UNREAD_MAX - 1);
        assertUnread(1, Directory.UNREAD_MAX);
        store.directory().markRead(CLEO, ROOM, 0);
        assertEquals(Directory.UNREAD_MAX, store.marker(CLEO, ROOM, true).unread());
        assertEquals(Directory.UNREAD_MAX, store.marker(ANA + 100, ROOM, true).unread());
    }

    private void assertUnread(long seq, int unread) {
        long reader = BEN * 1_000 + seq;
        store.directory().markRead(reader, ROOM, seq);
        assertEquals(unread, store.marker(reader, ROOM, false).unread());
    }

    // Retention.

    @Test
    void letsMessagesExpireByNumber() {
        store.addPrivateRoom(4, true, ANA);
        for (int i = 1; i <= 10; i++) {
            store.say(4, ANA, "m" + i);
        }
        store.stored(4, ANA, edit(2, "edited"));
        store.stored(4, ANA, pin(3));
        store.stored(4, ANA, delete(4));
        store.stored(4, ANA, new EventBody.Settings(new RoomSettings(0, 5, true)));
        expireNow();
        List<RoomEvent> events = store.events(4, 1);
        EventBody expired = new EventBody.Tombstone(TombstoneCause.EXPIRED, 0);
        for (int seq : new int[] {1, 2, 3, 5, 11}) {
            assertEquals(expired, events.get(seq - 1).body(), "seq " + seq);
        }
        assertEquals(new EventBody.Tombstone(TombstoneCause.DELETED, ANA), events.get(3).body());
        for (int seq : new int[] {6, 7, 8, 9, 10}) {
            assertEquals(text("m" + seq), events.get(seq - 1).body());
        }
        assertFalse(store.message(4, 3).pinned());
    }

    @Test
    void letsMessagesExpireByAge() {
        long day = 86_400_000L;
        store.addPrivateRoom(4, true, ANA);
        store.nowMillis.set(day);
        store.say(4, ANA, "old");
        store.nowMillis.set(2 * day);
        store.say(4, ANA, "young");
        store.stored(4, ANA, new EventBody.Settings(new RoomSettings(1, 0, true)));
        store.nowMillis.set(3 * day);
        expireNow();
        assertInstanceOf(EventBody.Tombstone.class, store.message(4, 1).body());
        assertEquals(text("young"), store.message(4, 2).body());
        store.nowMillis.set(3 * day + 1);
        expireNow();
        assertInstanceOf(EventBody.Tombstone.class, store.message(4, 2).body());
    }

    /// Lets the log do what it does once a minute.
    abstract void expireNow();

    @Test
    void keepsTheStateItIsGivenApart() {
        var state = StoreUnderTest.state(RoomKind.PRIVATE, ANA, RoomSettings.STANDARD);
        store.directory().addRoom(5, state);
        state.restoreMember(CLEO, new localchat.server.room.RoomState.Membership(name(CLEO), 0, 1));
        assertEquals(ErrorCode.NOT_IN_ROOM, refused(store.post(5, CLEO, text("a"))));
    }

    @Test
    void namesItsHistory() {
        assertNotEquals(new Id128(0, 0), store.log().epoch());
    }
}
