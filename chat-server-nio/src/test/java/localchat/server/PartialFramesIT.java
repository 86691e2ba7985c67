package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.CloseReason;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.ServerProcess.Holdings;
import localchat.server.net.NetLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// 2,000 members of the packaged server, which has 256 MiB of heap, announce the largest frame and
/// send nine tenths of it: 118 MB, far more than unfinished frames may hold.
class PartialFramesIT {
    private static final int MEMBERS = 2_000;
    private static final int FRAME = ProtocolLimits.PREFIX_BYTES + ProtocolLimits.FRAME_BYTES_MAX;
    private static final int SENT = FRAME * 9 / 10;
    private static final long BUDGET = NetLimits.standard().partialBytesMax();

    /// Reason: handshakes take time on both sides, and whoever waits is not waited for longer than
    /// 10 s.
    private static final int LOGINS_AT_ONCE = 32;

    /// Members whose frames fit into the budget in any case, and members that cannot all fit.
    private static final int SURE_TO_STAY = (int) (BUDGET / FRAME) - 100;

    private static final int SURE_TO_GO = MEMBERS - (int) (BUDGET / SENT) - 100;

    /// What a server with that many members holds beside the frames, in bytes, at most.
    private static final long OTHER_HEAP = 64L * 1024 * 1024;

    private static final byte[] PING = pingOfTheLargestFrame();

    private final List<TestPeer> members = new ArrayList<>();
    private ServerProcess server;
    private TestPeer ana;
    private TestPeer bo;
    private long room;

    @BeforeEach
    void start() throws Exception {
        server =
                ServerProcess.start(
                        List.of(),
                        "-Xmx256m -XX:+ExitOnOutOfMemoryError",
                        // Without TLS nobody has to prove anything: the logins are quicker.
                        TestServers.isEncrypted()
                                ? new String[0]
                                : new String[] {"--auth", "none"});
        ana = TestPeer.connect(server.address(), DeviceKey.generate());
        bo = TestPeer.connect(server.address(), DeviceKey.generate());
        ana.login("Ana");
        bo.login("Bo");
        room = ana.join("general").getRoom().getRoomId();
        bo.join("general");
        loginAll();
    }

    private void loginAll() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TestPeer>> coming = new ArrayList<>();
            Semaphore places = new Semaphore(LOGINS_AT_ONCE);
            for (int i = 0; i < MEMBERS; i++) {
                String name = "member " + i;
                coming.add(
                        threads.submit(() -> {
                            places.acquire();
                            try {
                                return login(name);
                            } finally {
                                places.release();
                            }
                        }));
            }
            for (Future<TestPeer> member : coming) {
                members.add(member.get(1, TimeUnit.MINUTES));
            }
        }
    }

    private TestPeer login(String name) throws IOException {
        TestPeer member = TestPeer.connect(server.address(), DeviceKey.generate());
        member.login(name);
        return member;
    }

    @AfterEach
    void stop() throws Exception {
        for (TestPeer member : members) {
            member.close();
        }
        ana.close();
        bo.close();
        server.close();
    }

    @Test
    void dropTheOldestAndStayWithinTheBudget() throws Exception {
        for (int i = 0; i < MEMBERS; i++) {
            members.get(i).sendRaw(Arrays.copyOf(PING, SENT));
            if (i % 100 == 0) {
                chat("message " + i);
            }
        }
        for (int i = 0; i < SURE_TO_GO; i++) {
            assertEquals(
                    CloseReason.PARTIAL_FRAMES_FULL, members.get(i).awaitGoodbye().getReason());
        }
        assertHeapBounded();
        for (int i = MEMBERS - SURE_TO_STAY; i < MEMBERS; i++) {
            completeFrame(members.get(i));
        }
        chat("still here");
        assertEquals(0, server.terminate());
    }

    /// All of it arrives while the process stands still, and is there at once when it goes on.
    @Test
    void holdNoMoreWhenTheyAllComeAtOnce() throws Exception {
        signal("STOP");
        try {
            for (TestPeer member : members) {
                member.sendRaw(Arrays.copyOf(PING, SENT));
            }
        } finally {
            signal("CONT");
        }
        chat("awake again");
        assertHeapBounded();
        int dropped = 0;
        for (TestPeer member : members) {
            dropped += isDropped(member) ? 1 : 0;
        }
        int counted = dropped;
        assertTrue(
                dropped >= SURE_TO_GO && MEMBERS - dropped >= SURE_TO_STAY,
                () -> counted + " of " + MEMBERS + " were dropped");
        chat("still here");
        assertEquals(0, server.terminate());
    }

    private void signal(String name) throws Exception {
        String pid = String.valueOf(server.handle().pid());
        assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
    }

    /// Completes the frame of a member that may have been dropped; says whether it was.
    private static boolean isDropped(TestPeer member) throws IOException {
        try {
            completeFrame(member);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void completeFrame(TestPeer member) throws IOException {
        member.sendRaw(Arrays.copyOfRange(PING, SENT, FRAME));
        assertEquals(7, member.await(ServerFrame::hasPong).getPong().getToken());
    }

    private void assertHeapBounded() throws IOException {
        Holdings holdings = server.holdings();
        System.out.println("with unfinished frames " + holdings);
        assertTrue(
                holdings.heapBytes() <= BUDGET + OTHER_HEAP,
                () -> "live heap is %,d".formatted(holdings.heapBytes()));
    }

    private void chat(String text) throws IOException {
        ana.say(room, text);
        assertEquals(text, bo.awaitEvent().getEvent().getMessage().getText());
    }

    /// Prefix and payload of a Ping with token 7, filled up with a field that nobody knows.
    private static byte[] pingOfTheLargestFrame() {
        int length = ProtocolLimits.FRAME_BYTES_MAX;
        ClientFrame.Builder ping = ClientFrame.newBuilder();
        ping.getPingBuilder().setToken(7);
        int known = ping.build().getSerializedSize();
        ByteString filling = ByteString.copyFrom(new byte[length - known - 5]);
        UnknownFieldSet.Field field =
                UnknownFieldSet.Field.newBuilder().addLengthDelimited(filling).build();
        ping.setUnknownFields(UnknownFieldSet.newBuilder().addField(127, field).build());
        byte[] payload = ping.build().toByteArray();
        return ByteBuffer.allocate(4 + length).putInt(length).put(payload).array();
    }
}
