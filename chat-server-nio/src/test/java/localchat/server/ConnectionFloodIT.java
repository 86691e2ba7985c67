package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localchat.core.identity.DeviceKey;
import localchat.server.ServerProcess.Holdings;
import localchat.server.net.NetLimits;
import org.junit.jupiter.api.Test;

/// Somebody connects to the packaged server again and again and never logs in.
class ConnectionFloodIT {
    private static final int FLOOD = 20_000;
    private static final int BATCH = 500;
    private static final int CAP = NetLimits.standard().loginsPerAddressMax();
    private static final int FLOOD_SECONDS = 120;

    private static final int FROM_LOOPBACK = 2_000;

    private static final int HANDSHAKES_PER_SECOND = 300;

    /// A minute with `-Dlocalchat.flood.seconds=60`.
    private static final int HANDSHAKE_SECONDS = Integer.getInteger("localchat.flood.seconds", 10);

    private static final Pattern FIGURES =
            Pattern.compile("connected=(?<connected>\\d+) dropped=(?<dropped>\\d+)");

    /// Processor time that one refused connection may cost, in nanoseconds. Reason: a tenth of a
    /// millisecond was measured, most of it in the kernel.
    private static final long REFUSAL_NANOS_MAX = 1_000_000;

    /// Longest wait for a message between people who are logged in, while it goes on.
    private static final long CHAT_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

    /// What measuring itself may add to the live heap, in bytes.
    private static final long HEAP_NOISE = 1024 * 1024;

    /// What the conversation meanwhile leaves in its room's ring, in bytes: it has a minute.
    private static final long RING_NOISE = 128 * 1024;

    private static final int SETTLE_SECONDS = 30;

    @Test
    void fromOneAddressIsCappedCheaplyWhileOthersChatOn() throws Exception {
        try (OtherNamespace attacker = OtherNamespace.create();
                ServerProcess server = ServerProcess.start("--host", attacker.hostAddress());
                Chat chat = new Chat(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            flood(attacker, server, 2 * BATCH, BATCH, "", 0); // What is loaded once is loaded.
            Holdings before = settled(server, 0, 0);
            Duration processorBefore = server.processorTime();

            Future<String> flood =
                    threads.submit(() -> flood(attacker, server, FLOOD, BATCH, "", 0));
            long slowest = 0;
            int messages = 0;
            while (!flood.isDone()) {
                slowest = Math.max(slowest, chat.say("message " + messages++));
            }
            String figures = flood.get();
            Duration processor = server.processorTime().minus(processorBefore);
            System.out.printf(
                    "%s; %d messages meanwhile, the slowest took %,d ns; processor %s%n",
                    figures, messages, slowest, processor);

            String counts =
                    "connected=%d dropped=%d otherwise=0 open=%d "
                            .formatted(FLOOD, FLOOD - CAP, CAP);
            assertTrue(figures.startsWith(counts), figures);
            assertTrue(slowest < CHAT_NANOS_MAX, "a message took too long");
            assertTrue(processor.toNanos() / FLOOD < REFUSAL_NANOS_MAX, "a refusal costs too much");
            assertGivesAllBack(server, before);
            chat.say("still here");
        }
    }

    /// T32: handshakes instead of silence, at a pace.
    @Test
    void ofHandshakesFromOneAddressIsCappedWhileOthersChatOn() throws Exception {
        try (OtherNamespace attacker = OtherNamespace.create();
                ServerProcess server = ServerProcess.start("--host", attacker.hostAddress());
                Chat chat = new Chat(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int total = HANDSHAKES_PER_SECOND * HANDSHAKE_SECONDS;
            String hello = HexFormat.of().formatHex(RawTls.clientHello());
            Duration processorBefore = server.processorTime();
            Future<String> flood =
                    threads.submit(() ->
                            flood(attacker, server, total, HANDSHAKES_PER_SECOND / 10, hello, 100));
            List<Long> latencies = new ArrayList<>();
            while (!flood.isDone()) {
                latencies.add(chat.say("message " + latencies.size()));
            }
            Collections.sort(latencies);
            Duration processor = server.processorTime().minus(processorBefore);
            System.out.printf(
                    "T32 %s; %d messages meanwhile, p50 %,d ns, p99 %,d ns; processor %s%n",
                    flood.get(),
                    latencies.size(),
                    latencies.get(latencies.size() / 2),
                    latencies.get(latencies.size() * 99 / 100),
                    processor);
            Matcher counts = FIGURES.matcher(flood.get());
            assertTrue(counts.find(), flood.get());
            assertEquals(total, Integer.parseInt(counts.group("connected")));
            assertTrue(Integer.parseInt(counts.group("dropped")) >= total - CAP, flood.get());
            assertTrue(latencies.getLast() < CHAT_NANOS_MAX, "a message took too long");
            chat.say("still here");
        }
    }

    private static String flood(
            OtherNamespace attacker,
            ServerProcess server,
            int connections,
            int batch,
            String said,
            int paceMillis)
            throws Exception {
        return attacker.runJava(
                FloodMain.class,
                FLOOD_SECONDS,
                attacker.hostAddress(),
                String.valueOf(server.address().getPort()),
                String.valueOf(connections),
                String.valueOf(batch),
                String.valueOf(CAP),
                said,
                String.valueOf(paceMillis));
    }

    @Test
    void fromLoopbackIsNotCapped() throws Exception {
        List<TestPeer> strangers = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start()) {
            DeviceKey key = DeviceKey.generate();
            for (int i = 0; i < FROM_LOOPBACK; i++) {
                strangers.add(TestPeer.connect(server.address(), key));
            }
            // One that was dropped would be the first.
            strangers.getFirst().login("Ana");
            strangers.getLast().hello();
            assertTrue(server.holdings().descriptors() > FROM_LOOPBACK);
        } finally {
            for (TestPeer stranger : strangers) {
                stranger.close();
            }
        }
    }

    private static void assertGivesAllBack(ServerProcess server, Holdings before) throws Exception {
        Holdings after =
                settled(
                        server,
                        before.heapBytes() + before.heapBytes() / 10 + HEAP_NOISE,
                        before.descriptors());
        System.out.printf("before %s, after %s%n", before, after);
        assertTrue(after.heapBytes() <= before.heapBytes() * 1.1 + HEAP_NOISE, "heap stays behind");
        assertTrue(
                after.directBytes() <= before.directBytes() * 1.1 + RING_NOISE,
                "direct memory stays behind");
        assertTrue(after.descriptors() <= before.descriptors() * 1.1, "descriptors stay behind");
    }

    /// What the server holds once it is down to this, or does not fall any further.
    private static Holdings settled(ServerProcess server, long heapBytes, long descriptors)
            throws Exception {
        Holdings now = server.holdings();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        while (System.nanoTime() < deadline) {
            TimeUnit.SECONDS.sleep(2); // Longer than a closed connection lingers.
            Holdings last = now;
            now = server.holdings();
            boolean reached = now.heapBytes() <= heapBytes && now.descriptors() <= descriptors;
            boolean still =
                    now.descriptors() == last.descriptors()
                            && now.heapBytes() >= last.heapBytes() * 0.99;
            if (reached || still) {
                return now;
            }
        }
        return now;
    }

    /// Two people on loopback.
    private static final class Chat implements AutoCloseable {
        private final TestPeer ana;
        private final TestPeer bo;
        private final long room;

        private Chat(ServerProcess server) throws IOException {
            ana = secured(server);
            bo = secured(server);
            ana.login("Ana");
            bo.login("Bo");
            room = ana.join("general").getRoom().getRoomId();
            bo.join("general");
        }

        private static TestPeer secured(ServerProcess server) throws IOException {
            Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
            return TestPeer.over(TestPeer.secured(socket, server.address()), DeviceKey.generate());
        }

        /// Ana says it and Bo hears it; how long that took, in nanoseconds. At a pace that the
        /// allowance of posts allows.
        private long say(String text) throws Exception {
            long began = System.nanoTime();
            ana.say(room, text);
            assertEquals(text, bo.awaitEvent().getEvent().getMessage().getText());
            long took = System.nanoTime() - began;
            TimeUnit.MILLISECONDS.sleep(20);
            return took;
        }

        @Override
        public void close() throws IOException {
            ana.close();
            bo.close();
        }
    }
}
