package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import localchat.core.client.SessionEvent.ErrorReported;
import localchat.core.client.SessionEvent.EventReceived;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.client.SessionEvent.PostRestored;
import localchat.core.client.SessionEvent.RoomEntered;
import localchat.core.identity.DeviceKey;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.model.Id128;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.store.OutboxFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a session makes of what an earlier one left, when that is not what it seems.
@Timeout(60)
class SocketSessionRestoreSocketTest {
    @TempDir private Path folder;

    private FakeServer server;
    private final List<SessionUnderTest> runs = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void end() throws Exception {
        runs.forEach(SessionUnderTest::close);
        server.close();
        for (SessionUnderTest run : runs) {
            assertTrue(run.faults.isEmpty(), run.faults::toString);
        }
    }

    /// The next run of the program on the same profile.
    private SessionUnderTest run() throws Exception {
        runs.forEach(SessionUnderTest::close);
        SessionUnderTest run = new SessionUnderTest(server.address(), ClientStore.open(folder));
        runs.add(run);
        return run.start();
    }

    /// A run that entered `general` and heard two events.
    private void firstRun() throws Exception {
        SessionUnderTest run = run();
        FakeServer.Peer peer = server.acceptInto(0);
        for (long seq = 1; seq <= 2; seq++) {
            peer.send(FakeServer.event(seq));
            run.await(EventReceived.class);
        }
        run.close();
    }

    /// Writes a post into the outbox as an earlier run, perhaps of another version, left it.
    private void leave(int number, ByteString body, String refusalCode) throws Exception {
        try (OutboxFile outbox = OutboxFile.open(folder)) {
            Id128 serverId = Id128.of(FakeServer.SERVER_ID);
            outbox.putServerAt(server.address().toString(), serverId);
            OutboxFile.Post post =
                    new OutboxFile.Post(
                            FakeServer.id(number),
                            number,
                            new OutboxFile.Room(
                                    Id128.of(FakeServer.EPOCH), 1, "general", RoomKind.PUBLIC),
                            body,
                            refusalCode,
                            "no");
            outbox.store(serverId, List.of(post), List.of());
        }
    }

    private static ByteString hello() {
        return StoredForms.bytes(
                new Outbox.Entry(
                        FakeServer.id(1),
                        1,
                        new localchat.core.model.EventBody.Message(
                                new localchat.core.model.MessageText("hello"), 0, false)));
    }

    private static List<Long> seqs(CompletableFuture<HistoryMessages> page) throws Exception {
        return page.get(10, TimeUnit.SECONDS).messages().stream().map(ChatMessage::seq).toList();
    }

    @Test
    void doesNotJumpOverWhatIsNotKept() throws Exception {
        firstRun();
        SessionUnderTest second = run();
        FakeServer.Peer peer = server.acceptAndLogIn();
        ClientFrame resume = peer.read(KindCase.RESUME);
        peer.enter(resume, FakeServer.room(1, "general", 9), 9, ResumeOutcome.CONTINUED_WITH_HOLE);
        peer.send(FakeServer.event(9));
        second.await(EventReceived.class);
        peer.hangUp();
        second.await(SessionEvent.Reconnecting.class);
        for (HistoryAnchor anchor :
                List.of(new HistoryAnchor.After(2), new HistoryAnchor.Before(9))) {
            CompletableFuture<HistoryMessages> jump = second.session.history(1, anchor, 5);
            assertThrows(ExecutionException.class, () -> jump.get(10, TimeUnit.SECONDS));
        }
        assertEquals(List.of(9L), seqs(second.session.history(1, new HistoryAnchor.After(8), 5)));
        assertEquals(
                List.of(1L, 2L), seqs(second.session.history(1, new HistoryAnchor.Before(3), 5)));
    }

    @Test
    void joinsTheRoomOfANameThatTheOneBeforeHasNoMore() throws Exception {
        firstRun();
        SessionUnderTest second = run();
        FakeServer.Peer peer = server.acceptAndLogIn();
        ClientFrame resume = peer.read(KindCase.RESUME);
        peer.enter(resume, FakeServer.room(1, "lobby", 2), 3, ResumeOutcome.CONTINUED);
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        assertEquals("general", join.getJoinRoom().getName());
        peer.enter(join, FakeServer.room(2, "general", 0), ResumeOutcome.ENTERED_LIVE);
        assertEquals(1, second.await(RoomEntered.class).room().roomId());
        assertEquals(2, second.await(RoomEntered.class).room().roomId());
    }

    @Test
    void readsARefusalOfAnotherVersion() throws Exception {
        leave(1, hello(), "OF_A_LATER_VERSION");
        SessionUnderTest run = run();
        PostRestored restored = run.await(PostRestored.class);
        assertEquals(ErrorCode.INTERNAL, restored.refusal().orElseThrow().code());
    }

    @Test
    void saysThatItCannotReadAPost() throws Exception {
        leave(1, ByteString.copyFromUtf8("no event"), "");
        leave(2, hello(), "");
        SessionUnderTest run = run();
        assertTrue(run.await(ErrorReported.class).text().contains("cannot read 1 of the waiting"));
        assertEquals(FakeServer.id(2), run.await(PostRestored.class).id());
    }

    @Test
    void saysThatTheOutboxIsDamagedWhereARowHasWhatNoVersionWrites() throws Exception {
        leave(1, hello(), "");
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + outbox());
                Statement statement = file.createStatement()) {
            statement.execute("UPDATE post SET room_kind = 'CLUB', epoch = x'01'");
        }
        SessionUnderTest run = run();
        assertTrue(run.await(ErrorReported.class).text().contains("cannot be read"));
        server.acceptInto(0);
        run.await(RoomEntered.class);
    }

    private Path outbox() {
        return folder.resolve(OutboxFile.NAME);
    }

    @Test
    void setsAnOutboxAsideThatHasADamagedPage() throws Exception {
        ByteString large = ByteString.copyFrom(new byte[3_000]);
        for (int i = 1; i <= 50; i++) {
            leave(i, large, "");
        }
        try (RandomAccessFile file = new RandomAccessFile(outbox().toFile(), "rw")) {
            long pages = file.length() / 4_096;
            for (long page : LongStream.range(pages / 2, pages / 2 + 5).toArray()) {
                file.seek(page * 4_096);
                file.write(new byte[4_096]);
            }
        }
        SessionUnderTest run = run();
        assertTrue(run.await(ErrorReported.class).text().contains("was damaged"));
        assertTrue(Files.exists(folder.resolve("outbox-damaged.db")));
    }

    @Test
    void endsWhereAFaultKeepsItFromConnecting() throws Exception {
        CompletableFuture<SessionEvent.Ended> ended = new CompletableFuture<>();
        SessionConfig config =
                new SessionConfig(
                        server.address(),
                        new ServerTrust.Plaintext(),
                        new UserName("Ana"),
                        RoomName.GENERAL,
                        DeviceKey.generate(),
                        "test",
                        Duration.ofSeconds(Long.MAX_VALUE),
                        true);
        try (ChatSession session =
                new SocketSession(
                        config,
                        Optional.empty(),
                        event -> {
                            if (event instanceof SessionEvent.Ended end) {
                                ended.complete(end);
                            }
                        })) {
            session.start();
            assertEquals(Failure.UNREACHABLE, ended.get(10, TimeUnit.SECONDS).failure());
        }
    }
}
