package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.DeviceKey;
import localchat.core.model.Digest32;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.FetchHistory;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.RoomEntered;
import localchat.server.TestPeer;
import localchat.server.counters.Counters;
import localchat.server.room.LogPost;
import localchat.server.room.Standing;
import localchat.server.storage.DataFolder;
import localchat.server.storage.Durability;
import localchat.server.storage.SqliteLog;
import localchat.server.storage.StoreWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Years of messages.
class HugeHistoryIT {
    private static final long START_MILLIS_MAX = 5_000;
    private static final double PAGE_MILLIS_MAX = 50;
    private static final double JOIN_MILLIS_MAX = 500;

    /// Pages that are fetched. Reason: below the server's allowance of requests.
    private static final int PAGES = 300;

    private static final Digest32 DEVICE = new Digest32(new byte[32]);

    @TempDir private Path folder;

    /// T16.
    @Test
    void aHugeHistoryIsOpenedAndReadAtOnce() throws Exception {
        long seed = Rounds.seed("T16");
        int messages =
                Integer.getInteger("localchat.torture.messages", Rounds.size(50_000, 1_000_000));
        ServerLaunch launch = ServerLaunch.on(folder.resolve("data"));
        long roomId;
        try (DurableServer server = launch.start();
                TestPeer peer = TestPeer.connect(server.address(), DeviceKey.generate())) {
            peer.login("Ana");
            roomId = peer.join("general").getRoom().getRoomId();
            peer.say(roomId, "the first");
            peer.awaitEvent();
            assertEquals(0, server.terminate());
        }
        fill(launch.data(), roomId, messages, seed);
        try (DurableServer server = launch.start();
                TestPeer peer = TestPeer.connect(server.address(), DeviceKey.generate())) {
            peer.login("Bo");
            long begun = System.nanoTime();
            RoomEntered entered = peer.join("general");
            double join = (System.nanoTime() - begun) / 1e6;
            assertEquals(messages + 1L, entered.getRoom().getHeadSeq());
            double[] pages = pages(peer, roomId, messages, seed);
            System.out.printf(
                    "T16: %,d messages, %,d MB: listening after %d ms, join %.1f ms, page p50"
                            + " %.1f, p99 %.1f ms%n",
                    messages,
                    Files.size(Databases.file(launch.data())) >> 20,
                    server.listeningMillis(),
                    join,
                    pages[PAGES / 2],
                    pages[PAGES * 99 / 100]);
            assertTrue(server.listeningMillis() < START_MILLIS_MAX, "the start");
            assertTrue(join < JOIN_MILLIS_MAX, "the join");
            assertTrue(pages[PAGES * 99 / 100] < PAGE_MILLIS_MAX, "the pages");
        }
    }

    private static double[] pages(TestPeer peer, long roomId, int messages, long seed)
            throws Exception {
        Random random = new Random(seed);
        double[] millis = new double[PAGES];
        for (int i = 0; i < PAGES; i++) {
            long before = random.nextLong(100, messages);
            long begun = System.nanoTime();
            HistoryPage page =
                    peer.request(
                                    ClientFrame.newBuilder()
                                            .setFetchHistory(
                                                    FetchHistory.newBuilder()
                                                            .setRoomId(roomId)
                                                            .setBeforeSeq(before)
                                                            .setLimit(50)))
                            .getHistoryPage();
            millis[i] = (System.nanoTime() - begun) / 1e6;
            assertEquals(50, page.getMessagesCount());
            assertEquals(before - 1, page.getMessages(49).getSeq());
        }
        Arrays.sort(millis);
        return millis;
    }

    /// Puts messages into the store of a server that is not running; this thread is its loop.
    private static void fill(Path data, long roomId, int messages, long seed) throws Exception {
        Random random = new Random(seed);
        LinkedBlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
        StoreWiring wiring =
                new StoreWiring(
                        System::currentTimeMillis,
                        System::nanoTime,
                        loop::add,
                        reason -> {
                            throw new IllegalStateException(reason);
                        },
                        new Counters());
        int[] decided = {0};
        try (DataFolder open = DataFolder.open(data);
                SqliteLog log = SqliteLog.open(open, Durability.NORMAL, wiring)) {
            log.listener(outcome -> decided[0]++);
            int offered = 0;
            LogPost post = post(roomId, random);
            while (decided[0] < messages) {
                while (offered < messages && log.offer(post)) {
                    offered++;
                    post = post(roomId, random);
                }
                Runnable next = loop.poll(60, TimeUnit.SECONDS);
                if (next == null) {
                    throw new IllegalStateException("the store does not answer");
                }
                next.run();
            }
        }
    }

    private static LogPost post(long roomId, Random random) {
        return new LogPost(
                roomId,
                1 + random.nextInt(50),
                new UserName("somebody"),
                Standing.MEMBER,
                DEVICE,
                MessageId.random(random),
                new EventBody.Message(new MessageText(text(random)), 0, false),
                0,
                1,
                outcome -> {});
    }

    private static String text(Random random) {
        return "m".repeat(1 + random.nextInt(120));
    }
}
