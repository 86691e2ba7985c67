package localchat.server.storage;

import static localchat.server.storage.StoreUnderTest.ANA;
import static localchat.server.storage.StoreUnderTest.BEN;
import static localchat.server.storage.StoreUnderTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.server.room.Directory.Marker;
import localchat.server.room.MessageLog.Page;
import localchat.server.room.MessageLog.PageAnchor;
import localchat.server.room.PostOutcome;
import localchat.server.room.RoomRules;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends MessageLogContract {
    @Override
    void open() {
        open(MemoryLog.EVENTS_MAX);
    }

    private void open(int eventsMax) {
        store.use(
                new MemoryLog(
                        new Id128(1, 1), store.nowMillis::get, store.letters::add, eventsMax));
    }

    private void reopen(int eventsMax) {
        open(eventsMax);
        store.addPublicRoom(ROOM);
        store.addPublicRoom(OTHER_ROOM);
    }

    @Override
    void together(Runnable offers) {
        offers.run();
    }

    @Override
    void expireNow() {
        ((MemoryLog) store.log()).expire(store.nowMillis.get());
    }

    @Test
    void keepsAsManyAsItMayAndForgetsTheOldestOfAll() {
        reopen(10);
        for (int i = 1; i <= 10; i++) {
            store.say(ROOM, ANA, "m");
        }
        assertEquals(1, store.log().oldestSeq(ROOM));
        for (int i = 11; i <= 15; i++) {
            store.say(OTHER_ROOM, ANA, "m");
        }
        assertEquals(6, store.log().oldestSeq(ROOM));
        assertEquals(1, store.log().oldestSeq(OTHER_ROOM));
        assertEquals(6, store.frames(ROOM, 1, 10, 1 << 20).firstSeq());
        assertEquals(5, store.events(ROOM, 1).size());
        assertEquals(5, store.events(OTHER_ROOM, 1).size());
        Page page = store.page(ROOM, new PageAnchor.Before(0), 10);
        assertEquals(6, page.messages().getFirst().seq());
        assertFalse(page.moreBefore());
        assertEquals(5, store.marker(BEN, ROOM, true).unread());
    }

    @Test
    void keepsAsManyBytesAsItMayWhateverTheNumber() {
        reopen(100);
        int bytes = frameBytes();
        int fitting = 100 * 640 / bytes;
        for (int i = 2; i <= fitting; i++) {
            frameBytes();
        }
        assertEquals(1, store.log().oldestSeq(ROOM));
        frameBytes();
        assertEquals(2, store.log().oldestSeq(ROOM));
        assertEquals(fitting, store.events(ROOM, 1).size());
    }

    /// Posts a long text; returns the bytes of its frame.
    private int frameBytes() {
        PostOutcome outcome = store.post(ROOM, ANA, text("x".repeat(4_000)));
        return ((PostOutcome.Stored) outcome).event().length();
    }

    @Test
    void countsTheBytesThatADeletionSaves() {
        reopen(100);
        int fitting = 100 * 640 / frameBytes();
        for (int i = 2; i < fitting; i++) {
            frameBytes();
        }
        for (int seq = 1; seq < fitting; seq++) {
            store.stored(ROOM, ANA, new EventBody.Delete(seq));
        }
        for (int i = 1; i < fitting - 1; i++) {
            frameBytes();
        }
        assertEquals(1, store.log().oldestSeq(ROOM));
    }

    /// With room for three events: what an edit is about is forgotten to make room for the edit.
    @Test
    void doesNotEditWhatItForgets() {
        reopen(3);
        for (int i = 1; i <= 3; i++) {
            store.say(ROOM, ANA, "m");
        }
        PostOutcome outcome =
                store.post(ROOM, ANA, new EventBody.Edit(1, new MessageText("edited")));
        assertEquals(
                ErrorCode.NOT_FOUND, assertInstanceOf(PostOutcome.Refused.class, outcome).code());
        store.stored(ROOM, ANA, new EventBody.Edit(2, new MessageText("edited")));
        assertEquals(
                List.of(2L, 3L, 4L), store.events(ROOM, 1).stream().map(RoomEvent::seq).toList());
    }

    @Test
    void forgetsPinsAndUnreadWithTheirMessages() {
        int kept = 2 * RoomRules.PINS_MAX;
        reopen(kept);
        for (int i = 1; i <= RoomRules.PINS_MAX; i++) {
            store.say(ROOM, ANA, "m");
        }
        for (int i = 1; i <= RoomRules.PINS_MAX; i++) {
            store.stored(ROOM, ANA, new EventBody.Pin(i, false));
        }
        long seq = store.say(ROOM, ANA, "forgets the first");
        store.stored(ROOM, ANA, new EventBody.Pin(seq, false));
        assertEquals(
                new Marker(0, RoomRules.PINS_MAX - 1, 0, false), store.marker(BEN, ROOM, true));
        assertTrue(store.message(ROOM, seq).pinned());
    }

    @Test
    void looksForExpiredMessagesOnceAMinute() {
        store.addPrivateRoom(4, true, ANA);
        store.say(4, ANA, "one");
        store.say(4, ANA, "two");
        store.stored(
                4, ANA, new EventBody.Settings(new localchat.core.model.RoomSettings(0, 1, true)));
        store.nowMillis.addAndGet(59_999);
        store.say(OTHER_ROOM, ANA, "not yet");
        assertEquals(text("one"), store.message(4, 1).body());
        store.nowMillis.addAndGet(1);
        store.say(OTHER_ROOM, ANA, "now");
        assertInstanceOf(EventBody.Tombstone.class, store.message(4, 1).body());
        assertEquals(text("two"), store.message(4, 2).body());
    }
}
