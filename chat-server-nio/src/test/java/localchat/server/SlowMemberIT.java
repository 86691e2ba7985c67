package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.Event;
import localchat.server.ServerProcess.Holdings;
import localchat.server.chaos.ChaosProxy;
import localchat.server.chaos.ChaosProxy.Direction;
import localchat.server.chaos.Toxics;
import org.junit.jupiter.api.Test;

/// 200 members of a busy room of the packaged server, one of whom reads 1 KiB a second.
class SlowMemberIT {
    private static final int OTHERS = 199;
    private static final int SLOW_BYTES_PER_SECOND = 1_024;

    /// Small, so that the kernel tells the server of every few KiB that the slow member took. With
    /// the platform's 128 KiB on loopback it tells of 64 KiB at once: once a minute, at that pace.
    private static final int RECEIVE_BUFFER_BYTES = 4_096;

    /// Messages of 200 bytes, 200 a second: first with everyone reading, then with one slow.
    private static final int STEADY = 600;

    private static final int STEADY_SLOW = 1_200;
    private static final String SHORT = "x".repeat(200);

    /// Messages of 4,000 bytes as fast as they go: 10 MB, more than the 4 MiB that the kernel holds
    /// for the slow member and the 4 MiB of the ring.
    private static final int BURST = 2_500;

    private static final String LONG = "y".repeat(4_000);
    private static final int MESSAGES = STEADY + STEADY_SLOW + BURST;
    private static final int PATIENCE_SECONDS = 120;

    /// What the server may hold more while one member lags, in bytes of live heap, and in bytes of
    /// direct memory: its answers' buffer; one room's ring, with what is shared by all.
    private static final long LAG_HEAP_MAX = 4L * 1024 * 1024;

    private static final long DIRECT_MAX = 8L * 1024 * 1024;

    private final AtomicLongArray postedNanos = new AtomicLongArray(MESSAGES + 1);
    private final AtomicLong posted = new AtomicLong();
    private final long[] latencyNanos = new long[MESSAGES + 1];

    @Test
    void hurtsNobodyAndGetsEveryMessageInOrder() throws Exception {
        try (ServerProcess server = ServerProcess.start("--posts-per-second", "0");
                ChaosProxy proxy = ChaosProxy.start(server.address(), RECEIVE_BUFFER_BYTES);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                TestPeer poster = member(server.address(), "poster")) {
            long room = poster.join("general").getRoom().getRoomId();
            CountDownLatch inside = new CountDownLatch(OTHERS + 1);
            Future<Integer> slow = threads.submit(takePart(proxy.address(), "slow", inside, false));
            List<Future<Integer>> others = new ArrayList<>();
            for (int i = 1; i < OTHERS; i++) {
                others.add(
                        threads.submit(takePart(server.address(), "member " + i, inside, i == 1)));
            }
            others.add(
                    threads.submit(() -> {
                        inside.countDown();
                        return readAll(poster, false);
                    }));
            assertTrue(inside.await(PATIENCE_SECONDS, TimeUnit.SECONDS));

            postSteadily(poster, room, STEADY);
            proxy.set(Direction.TO_CLIENT, Toxics.NONE.bandwidth(SLOW_BYTES_PER_SECOND));
            postSteadily(poster, room, STEADY_SLOW);
            postAtOnce(poster, room, BURST);
            for (Future<Integer> other : others) {
                assertEquals(MESSAGES, other.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            assertLags(slow);
            Holdings lagging = smallestOfThree(server);

            proxy.set(Direction.TO_CLIENT, Toxics.NONE);
            assertEquals(MESSAGES, slow.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            Holdings after = smallestOfThree(server);
            assertBounded(lagging, after);
            assertOthersUnhurt();
        }
    }

    private static void assertLags(Future<Integer> slow) {
        assertTrue(!slow.isDone(), "the slow member was not slow, or was cut off");
    }

    private static TestPeer member(InetSocketAddress server, String name) throws IOException {
        TestPeer peer = TestPeer.connect(server, DeviceKey.generate());
        peer.login(name);
        return peer;
    }

    private Callable<Integer> takePart(
            InetSocketAddress address, String name, CountDownLatch inside, boolean timed) {
        return () -> {
            try (TestPeer peer = member(address, name)) {
                peer.join("general");
                inside.countDown();
                return readAll(peer, timed);
            }
        };
    }

    /// @param timed whether this one's reading is what the latencies are taken from
    /// @return how many messages came, each once and in order
    private int readAll(TestPeer peer, boolean timed) throws IOException {
        for (int seq = 1; seq <= MESSAGES; seq++) {
            Event event = peer.awaitEvent().getEvent();
            if (timed) {
                latencyNanos[seq] = System.nanoTime() - postedNanos.get(seq);
            }
            assertEquals(seq, event.getSeq());
            assertEquals(
                    isLong(seq) ? LONG.length() : SHORT.length(),
                    event.getMessage().getText().length());
        }
        return MESSAGES;
    }

    private static boolean isLong(int seq) {
        return seq > STEADY + STEADY_SLOW;
    }

    private void postSteadily(TestPeer poster, long room, int messages) throws Exception {
        long began = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            long due = began + i * TimeUnit.MILLISECONDS.toNanos(5);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime()); // The pace, not a wait.
            post(poster, room, SHORT);
        }
    }

    private void postAtOnce(TestPeer poster, long room, int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            post(poster, room, LONG);
        }
    }

    private void post(TestPeer poster, long room, String text) throws IOException {
        postedNanos.set((int) posted.incrementAndGet(), System.nanoTime());
        poster.say(room, text);
    }

    /// A collection may find what the threads have just let go of only the next time.
    private static Holdings smallestOfThree(ServerProcess server) throws IOException {
        Holdings smallest = server.holdings();
        for (int i = 0; i < 2; i++) {
            Holdings now = server.holdings();
            smallest = now.heapBytes() < smallest.heapBytes() ? now : smallest;
        }
        return smallest;
    }

    /// What is stored is the same in both: the difference is what the lag cost.
    private static void assertBounded(Holdings lagging, Holdings after) {
        System.out.printf("lagging %s, after %s%n", lagging, after);
        long lag = lagging.heapBytes() - after.heapBytes();
        assertTrue(lag <= LAG_HEAP_MAX, () -> "the lag cost %,d bytes of heap".formatted(lag));
        assertTrue(
                lagging.directBytes() <= DIRECT_MAX,
                () -> "%,d bytes of direct memory".formatted(lagging.directBytes()));
    }

    private void assertOthersUnhurt() {
        // The first half is that of two processes which are still being compiled.
        long before = latency99(STEADY / 2, STEADY);
        long during = latency99(STEADY + 1, STEADY + STEADY_SLOW);
        System.out.printf("p99 before %,d ns, with a slow member %,d ns%n", before, during);
        assertTrue(
                during <= 2 * before + TimeUnit.MILLISECONDS.toNanos(250),
                () -> "p99 was %,d ns and became %,d ns".formatted(before, during));
    }

    private long latency99(int from, int to) {
        long[] sorted = Arrays.copyOfRange(latencyNanos, from, to + 1);
        Arrays.sort(sorted);
        return sorted[sorted.length * 99 / 100];
    }
}
