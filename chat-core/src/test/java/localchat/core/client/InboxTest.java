package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InboxTest {
    private static final Runnable CALL = new Item();
    private static final Runnable FRAME = new Item();
    private static final long WAIT = 10_000_000_000L;

    private final Inbox inbox = new Inbox();

    private static final class Item implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    void givesWhatCameInOrder() throws Exception {
        Runnable[] items = {new Item(), new Item(), new Item()};
        inbox.put(items[0]);
        inbox.putFrame(items[1], 10);
        inbox.putNotice(items[2]);
        for (Runnable item : items) {
            assertSame(item, inbox.take(WAIT));
        }
        assertNull(inbox.take(0));
    }

    @Test
    void makesFramesWaitWhenItIsFull() throws Exception {
        int bytes = Inbox.FRAME_BYTES_MAX / 4 - Inbox.FRAME_EXTRA_BYTES;
        for (int i = 0; i < 4; i++) {
            inbox.putFrame(FRAME, bytes);
        }
        AtomicInteger put = new AtomicInteger();
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> {
                            putFrame(1);
                            put.incrementAndGet();
                        });
        assertFalse(reader.join(Duration.ofMillis(100)));
        assertTrue(inbox.put(CALL), "calls do not wait");
        assertSame(FRAME, inbox.take(WAIT));
        assertTrue(reader.join(Duration.ofSeconds(10)));
        assertEquals(1, put.get());
    }

    private void putFrame(int bytes) {
        try {
            inbox.putFrame(FRAME, bytes);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void alwaysTakesOneFrameHoweverLarge() throws Exception {
        assertTrue(inbox.putFrame(FRAME, Inbox.FRAME_BYTES_MAX * 2));
        assertTrue(inbox.hasFrames());
        assertSame(FRAME, inbox.take(WAIT));
        assertFalse(inbox.hasFrames());
    }

    @Test
    void refusesCallsBeyondItsLimit() {
        for (int i = 0; i < Inbox.CALLS_MAX; i++) {
            assertTrue(inbox.put(CALL));
        }
        assertThrows(RejectedExecutionException.class, () -> inbox.put(CALL));
        assertTrue(inbox.putNotice(CALL), "the end of a connection always gets in");
    }

    @Test
    void freesWhoWaitsWhenItIsClosedAndGivesBackTheRest() throws Exception {
        inbox.putFrame(FRAME, Inbox.FRAME_BYTES_MAX);
        AtomicBoolean taken = new AtomicBoolean(true);
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                taken.set(inbox.putFrame(FRAME, 1));
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
        assertFalse(reader.join(Duration.ofMillis(50)));
        assertEquals(List.of(FRAME), inbox.close());
        assertTrue(reader.join(Duration.ofSeconds(10)));
        assertFalse(taken.get());
        assertFalse(inbox.put(CALL));
        assertFalse(inbox.putNotice(CALL));
    }
}
