package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import localchat.core.identity.DeviceKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The packaged server may open 200 descriptors and 500 peers connect.
class NoDescriptorsIT {
    private static final int DESCRIPTORS = 200;
    private static final int CONNECTS = 500;

    /// Descriptors that are open when none is left, or all but: the reserve comes and goes.
    private static final int STARVED = DESCRIPTORS - 3;

    private static final long MEASURED_MILLIS = 2_000;
    private static final double PROCESSOR_MAX = 0.05;
    private static final int PATIENCE_SECONDS = 30;

    private final List<Socket> crowd = new ArrayList<>();
    private ServerProcess server;
    private TestPeer ana;
    private TestPeer bo;
    private long room;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "descriptors are counted in /proc");
        List<String> limited =
                List.of("bash", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$@\"", "bash");
        server = ServerProcess.start(limited, "");
        ana = login("Ana");
        bo = login("Bo");
        room = ana.join("general").getRoom().getRoomId();
        bo.join("general");
    }

    @AfterEach
    void stop() throws Exception {
        leaveAll();
        ana.close();
        bo.close();
        server.close();
    }

    @Test
    void starvedOfDescriptorsItServesWhoIsThereRestsAndRecovers() throws Exception {
        chat("before");
        int descriptorsBefore = descriptors();
        for (int i = 0; i < CONNECTS; i++) {
            crowd.add(new Socket(server.address().getAddress(), server.address().getPort()));
        }
        await(() -> descriptors() >= STARVED, "the descriptors to run out");
        assertRestsWhileStarved();
        long began = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            chat("message " + i);
        }
        System.out.printf("20 messages in %,d ns while starved%n", System.nanoTime() - began);

        leaveAll();
        try (TestPeer newcomer = login("Cy")) {
            newcomer.join("general");
            newcomer.say(room, "hello");
            assertEquals("hello", bo.awaitEvent().getEvent().getMessage().getText());
        }
        await(() -> descriptors() <= descriptorsBefore * 1.1, "the descriptors to come back");
        chat("after");
        assertEquals(0, server.terminate());
    }

    /// Looks at two seconds; when something else was done meanwhile, at two others.
    private void assertRestsWhileStarved() throws Exception {
        double share = 1;
        for (int i = 0; i < 3 && share >= PROCESSOR_MAX; i++) {
            Duration before = server.processorTime();
            long began = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(MEASURED_MILLIS); // The time that is measured.
            long used = server.processorTime().minus(before).toNanos();
            share = used / (double) (System.nanoTime() - began);
            System.out.printf("processor while starved: %.1f %%%n", share * 100);
        }
        assertTrue(descriptors() >= STARVED, "descriptors came back too early");
        assertTrue(share < PROCESSOR_MAX, "it did not rest");
    }

    private TestPeer login(String name) throws IOException {
        TestPeer peer = TestPeer.connect(server.address(), DeviceKey.generate());
        peer.login(name);
        return peer;
    }

    private void chat(String text) throws IOException {
        ana.say(room, text);
        assertEquals(text, bo.awaitEvent().getEvent().getMessage().getText());
    }

    private void leaveAll() throws IOException {
        for (Socket socket : crowd) {
            socket.close();
        }
        crowd.clear();
    }

    private int descriptors() throws IOException {
        try (Stream<Path> open =
                Files.list(Path.of("/proc", String.valueOf(server.handle().pid()), "fd"))) {
            return (int) open.count();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition, String what) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, "waited in vain for " + what);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
