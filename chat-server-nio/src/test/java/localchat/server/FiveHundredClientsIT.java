package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.ServerProcess.Holdings;
import org.junit.jupiter.api.Test;

/// 500 clients in one room of the packaged server, each sending 20 messages: 5 million deliveries.
class FiveHundredClientsIT {
    private static final int CLIENTS = 500;
    private static final int MESSAGES_EACH = 20;
    private static final int MESSAGES = CLIENTS * MESSAGES_EACH;

    /// What one client saw: a digest of ids in order of seq, and how many of its own came back.
    private record Seen(long digest, int own) {}

    @Test
    void everyoneSeesTheSameAndNothingStaysBehind() throws Exception {
        try (ServerProcess server = ServerProcess.start("--keep", String.valueOf(MESSAGES))) {
            // The first round fills the history up to what --keep allows, and loads what is loaded
            // once.
            List<DeviceKey> keys = Stream.generate(DeviceKey::generate).limit(CLIENTS).toList();
            chat(server, keys, 0);
            Holdings before = settledHoldings(server);
            chat(server, keys, MESSAGES);
            Holdings after = settledHoldings(server);
            System.out.printf("before %s, after %s%n", before, after);

            assertWithinTenPercent("live heap", before.heapBytes(), after.heapBytes());
            assertWithinTenPercent("direct memory", before.directBytes(), after.directBytes());
            assertWithinTenPercent("descriptors", before.descriptors(), after.descriptors());
            assertEquals(
                    1,
                    server.threads().stream().filter(ChatServer.LOOP_THREAD_NAME::equals).count());
            assertEquals(0, server.terminate());
        }
    }

    private static void assertWithinTenPercent(String what, long before, long after) {
        assertTrue(
                after <= before * 1.1,
                () -> "%s was %,d before and is %,d".formatted(what, before, after));
    }

    /// Measured again and again until it stops falling: rings and pools are given back every 10 s.
    private static Holdings settledHoldings(ServerProcess server) throws Exception {
        Holdings last = server.holdings();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (System.nanoTime() < deadline) {
            TimeUnit.SECONDS.sleep(11); // One period of giving back.
            Holdings now = server.holdings();
            if (now.directBytes() >= last.directBytes()
                    && now.heapBytes() >= last.heapBytes() * 0.98) {
                return now;
            }
            last = now;
        }
        return last;
    }

    private static void chat(ServerProcess server, List<DeviceKey> keys, long headBefore)
            throws Exception {
        CyclicBarrier together = new CyclicBarrier(CLIENTS);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Seen>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String name = "client " + i;
                DeviceKey key = keys.get(i);
                running.add(
                        clients.submit(() -> {
                            try (TestPeer peer = TestPeer.connect(server.address(), key)) {
                                return takePart(peer, name, headBefore, together);
                            }
                        }));
            }
            Set<Long> digests = new HashSet<>();
            for (Future<Seen> client : running) {
                Seen seen = client.get(4, TimeUnit.MINUTES);
                digests.add(seen.digest());
                assertEquals(MESSAGES_EACH, seen.own());
            }
            assertEquals(1, digests.size(), "all saw the same ids in the same order");
        }
    }

    private static Seen takePart(
            TestPeer peer, String name, long headBefore, CyclicBarrier together) throws Exception {
        peer.login(name);
        long room = peer.join("general").getRoom().getRoomId();
        together.await(2, TimeUnit.MINUTES);
        Set<ByteString> own = new HashSet<>();
        for (int i = 0; i < MESSAGES_EACH; i++) {
            own.add(peer.say(room, "message " + i + " of " + name));
        }
        long digest = 17;
        int ownSeen = 0;
        for (int i = 1; i <= MESSAGES; i++) {
            Event event = peer.await(ServerFrame::hasEvent).getEvent();
            assertEquals(headBefore + i, event.getSeq());
            digest = 31 * digest + event.getClientMsgId().hashCode();
            ownSeen += own.contains(event.getClientMsgId()) ? 1 : 0;
        }
        return new Seen(digest, ownSeen);
    }
}
