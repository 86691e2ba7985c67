package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.CloseReason;
import localchat.server.ChatServer;
import localchat.server.TestLimits;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// 2,000 real connections that begin a frame and say nothing more, and one that drips.
class HalfFramesSocketTest {
    private static final int STALLED = 2_000;
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(2_000);
    private static final int PATIENCE_SECONDS = 60;

    private final DeviceKey key = DeviceKey.generate();
    private ChatServer server;
    private TestPeer ana;
    private TestPeer bo;
    private long room;

    @BeforeEach
    void start() throws IOException {
        server = TestServers.start(HalfFramesSocketTest::hurried);
        ana = TestPeer.login(server, "Ana");
        bo = TestPeer.login(server, "Bo");
        room = ana.join("general").getRoom().getRoomId();
        bo.join("general");
    }

    @AfterEach
    void stop() throws IOException {
        ana.close();
        bo.close();
        server.close();
    }

    private static NetLimits hurried(NetLimits standard) {
        // So long that no slow machine passes it: what is to be seen is the frame's own limit.
        NetLimits logins =
                TestLimits.with(standard, "loginNanos", TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        NetLimits frames = TestLimits.with(logins, "loginFrameNanos", FRAME_NANOS);
        return TestLimits.with(frames, "frameNanos", FRAME_NANOS);
    }

    @Test
    void dropsAllOfThemAtTheDeadlineWhileOthersChatOn() throws Exception {
        List<byte[]> beginnings = List.of(new byte[3], prefixAnd(8_192, 1), prefixAnd(8_192, 900));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CloseReason>> ends = new ArrayList<>();
            for (int i = 0; i < STALLED; i++) {
                byte[] sent = beginnings.get(i % beginnings.size());
                ends.add(threads.submit(() -> endAfter(sent)));
            }
            for (int i = 0; i < 50; i++) {
                chat("message " + i);
            }
            for (Future<CloseReason> end : ends) {
                assertEquals(
                        CloseReason.FRAME_TIMEOUT, end.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
        }
        chat("still here");
        assertEquals(
                STALLED,
                server.counters().published(localchat.core.model.CloseReason.FRAME_TIMEOUT));
    }

    /// Why it was closed; fails when that was before the deadline.
    private CloseReason endAfter(byte[] sent) throws IOException {
        long began = System.nanoTime();
        try (TestPeer stalled = TestPeer.connect(server, key)) {
            stalled.sendRaw(sent);
            CloseReason reason = stalled.awaitGoodbye().getReason();
            long took = System.nanoTime() - began;
            assertTrue(took >= FRAME_NANOS, () -> "closed after %,d ns".formatted(took));
            return reason;
        }
    }

    @Test
    void dropsWhoDripsAFrameThoughBytesKeepComing() throws Exception {
        long began = System.nanoTime();
        try (TestPeer dripping = TestPeer.login(server, "Cy")) {
            dripping.sendRaw(prefixAnd(10_000, 0));
            Thread drip = Thread.startVirtualThread(() -> drip(dripping));
            assertEquals(CloseReason.FRAME_TIMEOUT, dripping.awaitGoodbye().getReason());
            assertTrue(System.nanoTime() - began >= FRAME_NANOS);
            drip.interrupt();
            drip.join();
        }
        chat("still here");
    }

    private static void drip(TestPeer peer) {
        try {
            while (true) {
                peer.sendRaw((byte) 0);
                Thread.sleep(50); // The pace of the drip, not a wait for something.
            }
        } catch (IOException | InterruptedException e) {
            // Closed, or the test has seen enough.
        }
    }

    private void chat(String text) throws IOException {
        ana.say(room, text);
        assertEquals(text, bo.awaitEvent().getEvent().getMessage().getText());
    }

    private static byte[] prefixAnd(int length, int payloadBytes) {
        return ByteBuffer.allocate(4 + payloadBytes).putInt(length).array();
    }
}
