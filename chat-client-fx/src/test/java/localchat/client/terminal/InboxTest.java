package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InboxTest {
    private final Inbox inbox = new Inbox();

    @Test
    void handsOutWhatWasPutInInOrder() throws InterruptedException {
        inbox.put(new Notice.Typed("1"));
        inbox.putNow(new Notice.Typed("2"));
        assertEquals(Optional.of(new Notice.Typed("1")), inbox.poll(0));
        assertEquals(Optional.of(new Notice.Typed("2")), inbox.poll(0));
        assertEquals(Optional.empty(), inbox.poll(0));
    }

    @Test
    void waitsForANoticeNoLongerThanToldTo() throws InterruptedException {
        assertEquals(Optional.empty(), inbox.poll(1_000));
        Thread.ofPlatform().daemon().start(() -> inbox.put(new Notice.Stop()));
        assertEquals(Optional.of(new Notice.Stop()), inbox.poll(TimeUnit.SECONDS.toNanos(10)));
    }

    @Test
    void holdsUpWhoPutsInMoreThanItHolds() throws InterruptedException {
        Thread putting = overfill();
        assertTrue(isWaiting(putting));
        assertEquals(Optional.of(new Notice.Typed("0")), inbox.poll(0));
        assertTrue(putting.join(Duration.ofSeconds(10)));
    }

    @Test
    void takesUrgentNoticesHoweverFullItIs() throws InterruptedException {
        Thread putting = overfill();
        assertTrue(isWaiting(putting));
        inbox.putNow(new Notice.Stop());
        for (int i = 0; i < Inbox.CAPACITY; i++) {
            assertEquals(Optional.of(new Notice.Typed("" + i)), inbox.poll(0));
        }
        assertEquals(Optional.of(new Notice.Stop()), inbox.poll(0));
    }

    @Test
    void letsGoWhoWaitsWhenItIsClosed() throws InterruptedException {
        Thread putting = overfill();
        assertTrue(isWaiting(putting));
        inbox.close();
        assertTrue(putting.join(Duration.ofSeconds(10)));
        assertEquals(Optional.empty(), inbox.poll(0));
    }

    /// A thread that puts in one notice too many.
    private Thread overfill() throws InterruptedException {
        CountDownLatch full = new CountDownLatch(1);
        Thread putting =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            for (int i = 0; i <= Inbox.CAPACITY; i++) {
                                if (i == Inbox.CAPACITY) {
                                    full.countDown();
                                }
                                inbox.put(new Notice.Typed("" + i));
                            }
                        });
        assertTrue(full.await(10, TimeUnit.SECONDS));
        return putting;
    }

    private static boolean isWaiting(Thread thread) {
        for (long i = 0; i < 100_000_000; i++) {
            if (thread.getState() == Thread.State.WAITING) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }
}
