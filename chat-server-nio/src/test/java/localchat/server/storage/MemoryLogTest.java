package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import localchat.core.model.Digest32;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog.Events;
import localchat.server.room.MessageLog.Page;
import localchat.server.room.MessageLog.PageAnchor;
import localchat.server.room.PostOutcome;
import localchat.server.room.Reading;
import org.junit.jupiter.api.Test;

class MemoryLogTest {
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final List<PostOutcome> outcomes = new ArrayList<>();
    private long now = 1_000;

    @Test
    void numbersEachRoomFromOneWithoutHoles() {
        MemoryLog log = log(100);
        post(log, 1, 1, "a");
        post(log, 2, 2, "b");
        post(log, 1, 3, "c");
        assertEquals(List.of(1L, 1L, 2L), outcomes.stream().map(MemoryLogTest::seq).toList());
    }

    @Test
    void findsTheSamePostStillUnderWay() {
        MemoryLog log = log(100);
        log.offer(logPost(1, 7, "a"));
        log.offer(logPost(1, 7, "a"));
        later.poll().run();
        assertInstanceOf(PostOutcome.Stored.class, outcomes.get(0));
        assertInstanceOf(PostOutcome.Duplicate.class, outcomes.get(1));
    }

    @Test
    void refusesTheSameIdInAnotherRoom() {
        MemoryLog log = log(100);
        post(log, 1, 7, "a");
        post(log, 2, 7, "a");
        assertInstanceOf(PostOutcome.Refused.class, outcomes.get(1));
    }

    @Test
    void keepsAsManyAsItMayAndForgetsTheOldestOfAll() {
        MemoryLog log = log(10);
        for (int i = 1; i <= 10; i++) {
            post(log, 1, i, "m");
        }
        assertEquals(1, log.oldestSeq(1));
        for (int i = 11; i <= 15; i++) {
            post(log, 2, i, "m");
        }
        assertEquals(6, log.oldestSeq(1));
        assertEquals(1, log.oldestSeq(2));
        assertEquals(List.of(6L, 7L, 8L, 9L, 10L), seqs(events(log, 1, 1)));
        assertEquals(5, events(log, 2, 1).size());
    }

    @Test
    void keepsAsManyBytesAsItMayWhateverTheNumber() {
        MemoryLog log = log(100);
        int bytes = frameBytes(log, 1);
        int fitting = 100 * 640 / bytes;
        for (int i = 2; i <= fitting; i++) {
            frameBytes(log, i);
        }
        assertEquals(1, log.oldestSeq(1));
        frameBytes(log, fitting + 1);
        assertEquals(2, log.oldestSeq(1));
        assertEquals(fitting, events(log, 1, 1).size());
    }

    /// Posts a long text; returns the bytes of its frame.
    private int frameBytes(MemoryLog log, int id) {
        post(log, 1, id, "x".repeat(4_000));
        return ((PostOutcome.Stored) outcomes.getLast()).event().length();
    }

    @Test
    void readsAtLeastOneEventAndNotMuchMoreThanAsked() {
        MemoryLog log = log(100);
        for (int i = 1; i <= 20; i++) {
            post(log, 1, i, "x".repeat(1_000));
        }
        List<RoomEvent> some = events(log, 1, 3, 10_000);
        assertEquals(3, some.getFirst().seq());
        assertTrue(some.size() >= 8 && some.size() <= 10, () -> "got " + some.size());
        assertEquals(List.of(3L), seqs(events(log, 1, 3, 1)));
    }

    @Test
    void givesPagesAroundEveryAnchor() {
        MemoryLog log = log(100);
        for (int i = 1; i <= 30; i++) {
            now = i * 10L;
            post(log, 1, i, "m");
        }
        assertPage(log, new PageAnchor.Before(0), 26, 30, true, false);
        assertPage(log, new PageAnchor.Before(4), 1, 3, false, true);
        assertPage(log, new PageAnchor.Before(Long.MAX_VALUE), 26, 30, true, false);
        assertPage(log, new PageAnchor.After(0), 1, 5, false, true);
        assertPage(log, new PageAnchor.After(28), 29, 30, true, false);
        assertPage(log, new PageAnchor.Around(15), 13, 17, true, true);
        assertPage(log, new PageAnchor.Around(Long.MAX_VALUE), 29, 30, true, false);
        assertPage(log, new PageAnchor.FromTime(205), 21, 25, true, true);
    }

    @Test
    void givesAnEmptyPagePastTheEnd() {
        MemoryLog log = log(100);
        post(log, 1, 1, "m");
        for (PageAnchor anchor :
                List.of(
                        new PageAnchor.After(1),
                        new PageAnchor.After(Long.MAX_VALUE),
                        new PageAnchor.FromTime(Long.MAX_VALUE))) {
            Page page = page(log, anchor);
            assertEquals(List.of(), page.messages());
            assertTrue(page.moreBefore());
            assertFalse(page.moreAfter());
        }
    }

    private void assertPage(
            MemoryLog log, PageAnchor anchor, long from, long to, boolean before, boolean after) {
        Page page = page(log, anchor);
        assertEquals(from, page.messages().getFirst().seq(), anchor.toString());
        assertEquals(to, page.messages().getLast().seq(), anchor.toString());
        assertEquals(before, page.moreBefore(), anchor.toString());
        assertEquals(after, page.moreAfter(), anchor.toString());
    }

    private static <T> T found(Reading<T> reading) {
        return ((Reading.Found<T>) reading).value();
    }

    private static Page page(MemoryLog log, PageAnchor anchor) {
        List<Page> pages = new ArrayList<>();
        log.readPage(1, 1, anchor, 5, reading -> pages.add(found(reading)));
        return pages.getFirst();
    }

    private static List<RoomEvent> events(MemoryLog log, long room, long from) {
        return events(log, room, from, 1 << 20);
    }

    private static List<RoomEvent> events(MemoryLog log, long room, long from, int bytesMax) {
        List<RoomEvent> read = new ArrayList<>();
        log.readEvents(
                room,
                from,
                Long.MAX_VALUE,
                bytesMax,
                reading -> {
                    Events events = found(reading);
                    for (EncodedFrame frame : events.frames()) {
                        read.add(event(frame));
                    }
                    assertEquals(
                            events.nextSeq(),
                            read.isEmpty() ? events.firstSeq() : read.getLast().seq() + 1);
                });
        return read;
    }

    private static RoomEvent event(EncodedFrame frame) {
        try {
            return WireDecoding.event(frame);
        } catch (MalformedFrameException e) {
            throw new AssertionError("the log gave a frame that is none", e);
        }
    }

    private static List<Long> seqs(List<RoomEvent> events) {
        return events.stream().map(RoomEvent::seq).toList();
    }

    private static long seq(PostOutcome outcome) {
        return ((PostOutcome.Stored) outcome).seq();
    }

    private MemoryLog log(int eventsMax) {
        MemoryLog log = new MemoryLog(new Id128(1, 1), () -> now, later::add, eventsMax);
        log.listener(outcomes::add);
        return log;
    }

    private void post(MemoryLog log, long room, int id, String text) {
        log.offer(logPost(room, id, text));
        while (!later.isEmpty()) {
            later.poll().run();
        }
    }

    private static LogPost logPost(long room, int id, String text) {
        return new LogPost(
                room,
                1,
                new UserName("Ana"),
                new Digest32(new byte[32]),
                new MessageId(new Id128(0, id)),
                new EventBody.Message(new MessageText(text), 0, false),
                0,
                1,
                outcome -> {});
    }
}
