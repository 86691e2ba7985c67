package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.CloseReason;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.ChatServer;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every length that a prefix can announce where something changes, before and after the login: the
/// reason said is the right one, and nothing is allocated for what was announced.
class LengthPrefixSocketTest {
    private static final int STRANGERS_MAX = ProtocolLimits.LOGIN_FRAME_BYTES_MAX;
    private static final int MEMBERS_MAX = ProtocolLimits.FRAME_BYTES_MAX;

    /// What one connection that breaks the rules may cost on the loop's thread, in bytes of heap.
    /// Reason: about 2 KiB were measured, in TLS 48 KiB with its handshake; the smallest frame
    /// refused has 8 KiB, what is announced half of the times 2 GiB.
    private static final long ALLOCATED_MAX = (TestServers.isEncrypted() ? 96 : 8) * 1024L;

    private static final int REPEATED = 200;

    private ChatServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServers.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> refusedLengths() {
        return Stream.concat(
                Stream.of(0L, 1L + MEMBERS_MAX, (1L << 31) - 1, 1L << 31, (1L << 32) - 1)
                        .flatMap(n -> Stream.of(Arguments.of(n, false), Arguments.of(n, true))),
                Stream.of(Arguments.of(1L + STRANGERS_MAX, false)));
    }

    @ParameterizedTest(name = "{0} bytes, logged in: {1}")
    @MethodSource("refusedLengths")
    void refusesTheLengthAsSoonAsThePrefixIsThere(long length, boolean loggedIn) throws Exception {
        try (TestPeer peer = TestPeer.connect(server)) {
            if (loggedIn) {
                peer.login("Ana");
            } else {
                peer.hello();
            }
            byte[] prefix = prefix(length);
            for (byte one : prefix) {
                peer.sendRaw(one);
            }
            CloseReason expected =
                    length == 0 ? CloseReason.FRAME_EMPTY : CloseReason.FRAME_TOO_LARGE;
            assertEquals(expected, peer.awaitGoodbye().getReason());
        }
    }

    @Test
    void takesAFrameOfOneByteAfterLogin() throws IOException {
        try (TestPeer member = TestPeer.login(server, "Ana")) {
            // One byte is never a whole field: the length is fine, what it holds is not.
            member.sendRaw((byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0x22);
            assertEquals(CloseReason.FRAME_MALFORMED, member.awaitGoodbye().getReason());
        }
    }

    @ParameterizedTest(name = "logged in: {0}")
    @ValueSource(booleans = {false, true})
    void takesAFrameOfTheLimitInManyPieces(boolean loggedIn) throws IOException {
        try (TestPeer peer = TestPeer.connect(server)) {
            if (loggedIn) {
                peer.login("Ana");
            } else {
                peer.hello();
            }
            byte[] frame = pingOf(loggedIn ? MEMBERS_MAX : STRANGERS_MAX);
            for (int at = 0; at < frame.length; at += 1_000) {
                peer.sendRaw(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 1_000)));
            }
            assertEquals(7, peer.await(ServerFrame::hasPong).getPong().getToken());
        }
    }

    @Test
    void allocatesNothingForWhatWasAnnounced() throws Exception {
        refuseMany(50); // What is loaded once is loaded.
        long heapBefore = allocatedByLoop();
        long directBefore = directBytes();
        refuseMany(REPEATED);
        long each = (allocatedByLoop() - heapBefore) / REPEATED;
        assertTrue(each < ALLOCATED_MAX, () -> "a refused frame cost " + each + " bytes");
        assertTrue(
                directBytes() - directBefore < 1024 * 1024,
                () -> "direct memory grew by " + (directBytes() - directBefore));
    }

    private void refuseMany(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (TestPeer stranger = TestPeer.connect(server)) {
                stranger.sendRaw(prefix(i % 2 == 0 ? 1L + STRANGERS_MAX : (1L << 31) - 1));
                assertEquals(CloseReason.FRAME_TOO_LARGE, stranger.awaitGoodbye().getReason());
            }
        }
    }

    private static long allocatedByLoop() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(ChatServer.LOOP_THREAD_NAME))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
                .sum();
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static byte[] prefix(long length) {
        return ByteBuffer.allocate(4).putInt((int) length).array();
    }

    /// A Ping with token 7 in a frame of exactly so many bytes: filled up with a field nobody
    /// knows.
    private static byte[] pingOf(int length) {
        ClientFrame.Builder ping = ClientFrame.newBuilder();
        ping.getPingBuilder().setToken(7);
        int known = ping.build().getSerializedSize();
        int prefix = length < 16_384 ? 4 : 5; // A tag of two bytes, a length of two or three.
        ByteString filling = ByteString.copyFrom(new byte[length - known - prefix]);
        UnknownFieldSet.Field field =
                UnknownFieldSet.Field.newBuilder().addLengthDelimited(filling).build();
        ping.setUnknownFields(UnknownFieldSet.newBuilder().addField(127, field).build());
        byte[] payload = ping.build().toByteArray();
        assertEquals(length, payload.length);
        return ByteBuffer.allocate(4 + length).putInt(length).put(payload).array();
    }
}
