package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import localchat.server.loop.Mailbox;
import localchat.server.net.HandshakeJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Handshakes computed beside the loop: how many may wait, and that nobody's is done in vain.
class HandshakeWorkersTest {
    private static final int PATIENCE_SECONDS = 30;

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final CountDownLatch last = new CountDownLatch(1);
    private final HandshakeWorkers workers =
            new HandshakeWorkers(new Mailbox(1, HandshakeWorkers.WAITING_MAX + 10, () -> {}));

    /// The one thread is kept busy.
    @BeforeEach
    void keepBusy() throws InterruptedException {
        workers.run(
                job(() -> {
                    begun.countDown();
                    awaitQuietly(mayGoOn);
                }));
        assertTrue(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @AfterEach
    void close() {
        workers.close();
    }

    private static HandshakeJob job(Runnable task) {
        return new HandshakeJob(List.of(task), () -> {});
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void doesNotWhatWasCancelled() throws InterruptedException {
        HandshakeJob first = job(() -> done.add("first"));
        HandshakeJob cancelled = job(() -> done.add("cancelled"));
        assertTrue(workers.run(first));
        assertTrue(workers.run(cancelled));
        assertTrue(workers.run(job(last::countDown)));
        workers.cancel(cancelled);
        mayGoOn.countDown();
        assertTrue(last.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(List.of("first"), done);
        workers.cancel(first); // It is done: nothing to be undone.
    }

    @Test
    void whatIsCancelledTakesNobodysPlace() {
        List<HandshakeJob> jobs = new ArrayList<>();
        for (int i = 0; i < HandshakeWorkers.WAITING_MAX; i++) {
            jobs.add(job(() -> {}));
            assertTrue(workers.run(jobs.getLast()));
        }
        assertFalse(workers.run(job(() -> {})), "one too many");
        workers.cancel(jobs.get(7));
        assertTrue(workers.run(job(() -> {})));
        assertFalse(workers.run(job(() -> {})), "one too many");
        mayGoOn.countDown();
    }
}
