package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import localchat.core.client.HistoryMessages;
import localchat.core.client.SessionEvent;
import localchat.core.model.ErrorCode;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which room a pipe reads and writes, what becomes of refusals, and how long it waits for the
/// past.
@Timeout(60)
class PipeModeRoomTest {
    private static RoomInfo called(long roomId, String name, RoomKind kind) {
        return FakeSession.room(roomId, name, kind);
    }

    /// What is said and written goes through room 7.
    private static void assertInRoomSeven(PipeRun run) throws Exception {
        run.type("mine\n");
        assertEquals(FakeSession.ROOM_ID, run.nextPost().roomId());
        run.session().happens(8, FakeSession.BOB, FakeSession.said("stranger"));
        run.session().hear("friend");
        assertEquals("10:15 bob: friend", run.nextOut());
    }

    @ParameterizedTest
    @EnumSource(
            value = RoomKind.class,
            names = {"PRIVATE", "DIRECT"})
    void waitsForThePublicRoomWhateverElseHasItsName(RoomKind kind) throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    s.connect();
                    s.enterRoom(called(8, "general", kind), false, false);
                    s.enterRoom(false, false);
                });
        assertInRoomSeven(run);
    }

    @ParameterizedTest
    @EnumSource(RoomKind.class)
    void staysInItsRoomWhenAnotherOneOfItsNameIsEntered(RoomKind kind) throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    s.enter();
                    s.enterRoom(called(8, "general", kind), false, false);
                });
        assertInRoomSeven(run);
    }

    @Test
    void goesOnInItsRoomWhenThatHasAnotherName() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::enter);
        run.type("one\n");
        run.session().acknowledge(run.nextPost());
        run.session().lose();
        run.session().missed(2);
        run.session().connect();
        run.session().enterRoom(called(7, "lobby", RoomKind.PUBLIC), true, false);
        assertEquals("10:15 bob: m2", run.nextOut());
        assertEquals("10:15 bob: m3", run.nextOut());
        assertInRoomSeven(run);
    }

    @Test
    void saysThatAnotherRoomIsRefusedAndGoesOn() throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    s.connect();
                    s.tell(new SessionEvent.RoomRefused("den", ErrorCode.FORBIDDEN, "no"));
                    s.enterRoom(false, false);
                    s.tell(new SessionEvent.RoomRefused("general", ErrorCode.NOT_FOUND, "gone"));
                });
        assertEquals("chat-term: the room den cannot be entered: no", run.nextErr());
        assertEquals("chat-term: the room general cannot be entered: gone", run.nextErr());
        assertInRoomSeven(run);
    }

    @Test
    void givesUpWhenTheHistoryDoesNotCome() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(5);
                            s.historySource((_, _) -> new CompletableFuture<>());
                            s.enter();
                        },
                        "--history",
                        "2",
                        "--timeout",
                        "0.2");
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of(
                        "chat-term: what was said before could not be read: nothing came within"
                                + " 0.2 s"),
                run.restOfErr());
    }

    @Test
    void givesUpWhenWhatItMissedDoesNotCome() throws Exception {
        PipeRun run = PipeRun.start(s -> s.acknowledging().enter(), "--timeout", "0.2");
        run.type("one\n");
        run.nextPost();
        run.session().lose();
        run.session().missed(2);
        run.session().historySource((_, _) -> new CompletableFuture<>());
        run.session().connect();
        run.session().enterRoom(true, false);
        run.endInput();
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertFalse(
                run.restOfErr().stream().anyMatch(line -> line.contains("not acknowledged")),
                "nothing waits to be acknowledged");
    }

    @Test
    void goesOnAsLongAsPagesOfTheHistoryCome() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(12);
                            s.historySource((anchor, limit) -> {
                                pages.incrementAndGet();
                                CompletableFuture<HistoryMessages> later =
                                        new CompletableFuture<>();
                                HistoryMessages page = s.page(anchor, 2, 12);
                                return later.completeOnTimeout(
                                        page, 150, java.util.concurrent.TimeUnit.MILLISECONDS);
                            });
                            s.enter();
                        },
                        "--history",
                        "100",
                        "--timeout",
                        "0.6");
        for (int seq = 1; seq <= 12; seq++) {
            assertEquals("10:15 bob: m" + seq, run.nextOut());
        }
        run.endInput();
        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals(6, pages.get());
    }
}
