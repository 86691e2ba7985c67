package localchat.core.client;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.ResumeOutcome;

/// What keeping everything on disk costs a session. Run by hand; the last line of each part is the
/// result.
public final class StoreBenchmark {
    private static final int LINES = 50_000;
    private static final int ROOMS = 50;
    private static final int MESSAGES_OF_ROOM = 200;

    private StoreBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("store-benchmark");
        lines(folder.resolve("lines"));
        rooms(folder.resolve("rooms"));
    }

    /// Lines posted at once by one thread, until the last one is in the file and told to wait.
    private static void lines(Path folder) throws Exception {
        Files.createDirectories(folder);
        try (FakeServer server = new FakeServer();
                SessionUnderTest under =
                        new SessionUnderTest(server.address(), ClientStore.open(folder)).start();
                FakeServer.Peer peer = server.acceptInto(0)) {
            under.await(SessionEvent.RoomEntered.class);
            Thread.ofVirtual().start(() -> storeAll(peer));
            Random random = new Random(1);
            long start = System.nanoTime();
            for (int i = 0; i < LINES; i++) {
                under.session.post(
                        MessageId.random(random),
                        FakeServer.GENERAL_ID,
                        new EventBody.Message(new MessageText("line " + i), 0, false));
            }
            int waiting = 0;
            int stored = 0;
            while (waiting < LINES || stored < LINES) {
                switch (under.await(SessionEvent.PostChanged.class).state()) {
                    case WAITING -> {
                        waiting++;
                        if (waiting == LINES) {
                            report("lines kept a second", LINES, start);
                        }
                    }
                    case STORED -> stored++;
                    case SENT -> {}
                    case FAILED -> throw new AssertionError("failed");
                }
            }
            report("lines kept, sent and acknowledged a second", LINES, start);
        }
    }

    private static void storeAll(FakeServer.Peer peer) {
        try {
            for (int seq = 1; seq <= LINES; seq++) {
                peer.store(peer.readPost(), seq);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void report(String what, int count, long startNanos) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        System.out.printf("%s: %.0f (%.2f s)%n", what, count / seconds, seconds);
    }

    /// Fifty rooms of two hundred messages: what the next start takes, and how fast they came in.
    private static void rooms(Path folder) throws Exception {
        Files.createDirectories(folder);
        try (FakeServer server = new FakeServer()) {
            fill(folder, server);
            for (int run = 0; run < 5; run++) {
                AtomicInteger restored = new AtomicInteger();
                AtomicLong last = new AtomicLong();
                AtomicLong work = new AtomicLong();
                CountDownLatch done = new CountDownLatch(ROOMS);
                CountDownLatch ended = new CountDownLatch(1);
                long start = System.nanoTime();
                ClientStore store = ClientStore.open(folder);
                long open = System.nanoTime();
                ChatSession session =
                        ChatSession.create(
                                SessionUnderTest.config(server.address()),
                                store,
                                event -> {
                                    if (event instanceof SessionEvent.RoomRestored room) {
                                        restored.addAndGet(room.newest().size());
                                        last.set(System.nanoTime());
                                        work.set(
                                                ManagementFactory.getThreadMXBean()
                                                        .getCurrentThreadCpuTime());
                                        done.countDown();
                                    } else if (event instanceof SessionEvent.Ended) {
                                        ended.countDown();
                                    }
                                });
                session.start();
                done.await();
                System.out.printf(
                        "%d rooms, %d messages restored in %.1f ms (opening %.1f), work %.1f ms%n",
                        ROOMS,
                        restored.get(),
                        (last.get() - start) / 1e6,
                        (open - start) / 1e6,
                        work.get() / 1e6);
                session.close();
                ended.await();
            }
        }
    }

    private static void fill(Path folder, FakeServer server) throws Exception {
        try (SessionUnderTest under =
                        new SessionUnderTest(server.address(), ClientStore.open(folder)).start();
                FakeServer.Peer peer = server.acceptInto(0)) {
            under.await(SessionEvent.RoomEntered.class);
            for (int room = 2; room <= ROOMS; room++) {
                under.session.join(new localchat.core.model.RoomName("room" + room));
                ClientFrame join = peer.read(KindCase.JOIN_ROOM);
                peer.enter(
                        join, FakeServer.room(room, "room" + room, 0), ResumeOutcome.ENTERED_LIVE);
                under.await(SessionEvent.RoomEntered.class);
            }
            long start = System.nanoTime();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            for (long seq = 1; seq <= MESSAGES_OF_ROOM; seq++) {
                                for (int room = 1; room <= ROOMS; room++) {
                                    byte[] id = FakeServer.filled(16, (int) seq);
                                    peer.send(FakeServer.event(room, seq, 99, id, "hello " + seq));
                                }
                            }
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });
            for (int i = 0; i < ROOMS * MESSAGES_OF_ROOM; i++) {
                under.await(SessionEvent.EventReceived.class);
            }
            report("events received and kept a second", ROOMS * MESSAGES_OF_ROOM, start);
        }
    }
}
