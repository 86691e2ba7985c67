package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import localchat.core.client.HistoryMessages;
import localchat.core.client.RequestException;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.model.ErrorCode;
import localchat.core.model.PresenceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PipeModeTest {
    private static final String LONGEST = "x".repeat(4_096);

    @Test
    void postsEachLineThatIsNotBlankAndEndsWhenAllAreAcknowledged() throws Exception {
        PipeRun run = PipeRun.start(s -> s.acknowledging().enter());
        run.type("one\n\n  \n/quit\r\n//two\nolá 🐢").endInput();
        assertEquals(List.of("one", "/quit", "//two", "olá 🐢"), texts(run));
        assertEquals(List.of(), run.restOfErr());
        assertEquals(List.of(), run.restOfOut());
    }

    private static List<String> texts(PipeRun run) throws Exception {
        assertEquals(ExitCode.OK, run.exitCode());
        return run.session().posts.stream().map(FakeSession.Posted::text).toList();
    }

    @Test
    void staysAsLongAsALineIsNotAcknowledged() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::enter);
        run.type("one\ntwo\n").endInput();
        FakeSession.Posted first = run.nextPost();
        FakeSession.Posted second = run.nextPost();
        run.session().acknowledge(first);
        run.session().hear("still here");
        assertEquals("10:15 bob: still here", run.nextOut());
        assertFalse(run.isOver());
        run.session().acknowledge(second);
        assertEquals(ExitCode.OK, run.exitCode());
    }

    @Test
    void printsMessagesOfOthersOneALineAndOwnOnesNot() throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    s.enter();
                    s.hear("hello");
                    s.hear("two\nlines \033[2J");
                    s.hear(FakeSession.BOB, "waves", true);
                    s.hear(FakeSession.ANA, "mine", false);
                    s.hear("10:15 eve: not me\u2028x");
                });
        assertEquals("10:15 bob: hello", run.nextOut());
        assertEquals("10:15 bob: two\\nlines \\x1b[2J", run.nextOut());
        assertEquals("10:15 * bob waves", run.nextOut());
        assertEquals("10:15 bob: 10:15 eve: not me\\u2028x", run.nextOut());
        run.endInput();
        assertEquals(List.of(), run.restOfOut());
    }

    @Test
    void namesALineThatIsTooLongPostsTheOthersAndEndsWithOne() throws Exception {
        PipeRun run = PipeRun.start(s -> s.acknowledging().enter());
        run.type("a\n" + LONGEST + "x\n" + LONGEST + "\n").endInput();
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of("a", LONGEST), run.session().posts.stream().map(p -> p.text()).toList());
        assertEquals(
                List.of(
                        "chat-term: line 2 has 4097 bytes of UTF-8, at most 4096 are allowed;"
                                + " it was not posted"),
                run.restOfErr());
    }

    @Test
    void namesALineThatIsNoUtf8PostsTheOthersAndEndsWithOne() throws Exception {
        PipeRun run = PipeRun.start(s -> s.acknowledging().enter());
        run.type("a\n".getBytes(StandardCharsets.UTF_8));
        run.type(new byte[] {(byte) 0xFF, '\n'}).type("b\n").endInput();
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(List.of("a", "b"), run.session().posts.stream().map(p -> p.text()).toList());
        assertEquals(
                List.of("chat-term: line 2 is not valid UTF-8; it was not posted"),
                run.restOfErr());
    }

    @Test
    void saysWhichLineTheServerRefusedAndEndsWithOne() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::enter, "--json");
        run.type("a\n\nb\n").endInput();
        run.session().acknowledge(run.nextPost());
        FakeSession.Posted refused = run.nextPost();
        run.session().refuse(refused, ErrorCode.MUTED);
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(List.of("chat-term: line 3 was refused: MUTED no"), run.restOfErr());
        assertEquals(
                Map.of(
                        "type",
                        "error",
                        "code",
                        "MUTED",
                        "text",
                        "no",
                        "id",
                        refused.id().toString()),
                TinyJson.object(run.restOfOut().getLast()));
    }

    @Test
    void givesUpWhenNothingIsAcknowledgedForTheTimeout() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::enter, "--timeout", "0.2");
        run.type("a\nb\n").endInput();
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of(
                        "chat-term: lines not acknowledged by the server within 0.2 s: 2; the next"
                                + " run with this profile sends them"),
                run.restOfErr());
    }

    @Test
    void waitsWithoutLimitWhileInputMayStillComeOrWhenItFollows() throws Exception {
        PipeRun open = PipeRun.start(FakeSession::enter, "--timeout", "0.1");
        PipeRun following = PipeRun.start(FakeSession::enter, "--timeout", "0.1", "--follow");
        open.type("a\n");
        following.type("a\n").endInput();
        open.nextPost();
        following.nextPost();
        PipeRun clock = PipeRun.start(FakeSession::enter, "--timeout", "0.5");
        clock.type("a\n").endInput();
        assertEquals(ExitCode.FAILED, clock.exitCode());
        assertFalse(open.isOver());
        assertFalse(following.isOver());
        open.stop();
        following.stop();
        assertEquals(ExitCode.FAILED, open.exitCode());
        assertEquals(ExitCode.FAILED, following.exitCode());
    }

    @Test
    void givesUpWhenTheWindowIsFullAndNothingIsAcknowledged() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::enter, "--timeout", "0.3");
        run.type("a\n".repeat(PendingLines.WINDOW_LINES + 500));
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(PendingLines.WINDOW_LINES, run.session().posts.size());
    }

    @Test
    void readsOnWhenTheWindowMoves() throws Exception {
        PipeRun run = PipeRun.start(s -> s.acknowledging().enter());
        run.type("a\n".repeat(10_000)).endInput();
        assertEquals(10_000, texts(run).size());
    }

    @Test
    void followsAfterTheEndOfInputUntilItIsStopped() throws Exception {
        PipeRun run = PipeRun.start(s -> s.acknowledging().enter(), "--follow");
        run.type("a\n").endInput();
        run.nextPost();
        run.session().hear("later");
        assertEquals("10:15 bob: later", run.nextOut());
        assertFalse(run.isOver());
        run.stop();
        assertEquals(ExitCode.OK, run.exitCode());
    }

    @Test
    void endsAtOnceWhenThereIsNoInput() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::enter);
        run.endInput();
        assertEquals(ExitCode.OK, run.exitCode());
    }

    @Test
    void writesEveryKindOfJsonLine() throws Exception {
        PipeRun run = PipeRun.start(s -> s.withHistory(3).enter(), "--json");
        assertEquals("{\"type\":\"state\",\"state\":\"connected\",\"user_id\":1}", run.nextOut());
        assertEquals(
                "{\"type\":\"joined\",\"room\":\"general\",\"seq\":3,\"room_id\":7}",
                run.nextOut());
        run.session().hear("hi");
        assertEquals(
                "{\"type\":\"message\",\"room\":\"general\",\"seq\":4,"
                        + "\"id\":\"00000000000000000000000000000004\",\"from\":\"bob\","
                        + "\"time\":\"2026-11-21T10:15:30.004Z\",\"text\":\"hi\",\"from_id\":2}",
                run.nextOut());
        run.type("mine\n");
        FakeSession.Posted post = run.nextPost();
        run.session().acknowledge(post);
        assertEquals(
                "{\"type\":\"ack\",\"room\":\"general\",\"seq\":5,\"id\":\""
                        + post.id()
                        + "\",\"from\":\"ana\",\"time\":\"2026-11-21T10:15:30.005Z\","
                        + "\"text\":\"mine\",\"from_id\":1}",
                run.nextOut());
        run.session().hear(FakeSession.BOB, "waves", true);
        assertTrue(run.nextOut().contains("\"text\":\"waves\",\"action\":true,"));
        run.session().presence(FakeSession.BOB, PresenceKind.WENT, 1);
        assertEquals(
                "{\"type\":\"presence\",\"room\":\"general\",\"name\":\"bob\",\"kind\":\"went\","
                        + "\"online\":1}",
                run.nextOut());
        run.session().lose();
        assertEquals(
                "{\"type\":\"state\",\"state\":\"reconnecting\",\"reason\":\"GOING_AWAY\","
                        + "\"text\":\"The server is stopping.\"}",
                run.nextOut());
        run.session().tell(new SessionEvent.ErrorReported(ErrorCode.INTERNAL, "oh"));
        assertEquals("{\"type\":\"error\",\"code\":\"INTERNAL\",\"text\":\"oh\"}", run.nextOut());
        run.endInput();
        assertEquals(List.of(), run.restOfOut());
    }

    @Test
    void printsTheHistoryBeforeAnythingLive() throws Exception {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        CompletableFuture<Boolean> released = new CompletableFuture<>();
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(5);
                            s.historySource((anchor, limit) -> {
                                CompletableFuture<HistoryMessages> page = s.page(anchor, limit);
                                asked.complete(true);
                                return released.thenCombine(page, (now, found) -> found);
                            });
                            s.enter();
                        },
                        "--json",
                        "--history",
                        "4");
        asked.get(20, TimeUnit.SECONDS);
        run.session().hear("live");
        run.session().hear("live too");
        released.complete(true);
        run.nextOut();
        List<String> out = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Map<String, String> line = TinyJson.object(run.nextOut());
            out.add(line.get("type") + " " + line.get("seq") + " " + line.get("history"));
        }
        assertEquals(
                List.of(
                        "message 2 true",
                        "message 3 true",
                        "message 4 true",
                        "message 5 true",
                        "message 6 true",
                        "message 7 true",
                        "joined 7 null"),
                out);
        run.endInput();
        assertEquals(List.of(), run.restOfOut());
    }

    @Test
    void printsAllOfAShortHistoryAndOwnMessagesOfItToo() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(2);
                            s.log.add(FakeSession.message(3, FakeSession.ANA, "mine", false));
                            s.enter();
                            s.hear(FakeSession.message(4), false);
                        },
                        "--history",
                        "100");
        run.endInput();
        assertEquals(
                List.of("10:15 bob: m1", "10:15 bob: m2"), List.of(run.nextOut(), run.nextOut()));
        assertEquals("10:15 ana: mine", run.nextOut());
    }

    @Test
    void endsWithOneWhenTheHistoryIsRefused() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(5);
                            s.historySource((anchor, limit) ->
                                    CompletableFuture.failedFuture(
                                            new RequestException(
                                                    ErrorCode.UNSUPPORTED, "no history")));
                            s.enter();
                        },
                        "--history",
                        "4");
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of("chat-term: the history of the room cannot be read: no history"),
                run.restOfErr());
    }

    @Test
    void asksForTheHistoryAgainAfterALostConnection() throws Exception {
        CompletableFuture<HistoryMessages> lost = new CompletableFuture<>();
        AtomicBoolean asked = new AtomicBoolean();
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(5);
                            s.historySource((anchor, limit) ->
                                    asked.getAndSet(true) ? s.page(anchor, limit) : lost);
                            s.enter();
                        },
                        "--history",
                        "1");
        awaitAsker(lost);
        lost.completeExceptionally(new RequestException(ErrorCode.NOT_NOW, "lost"));
        run.session().lose();
        run.session().connect();
        run.session().enterRoom(true, false);
        assertEquals("10:15 bob: m5", run.nextOut());
        run.endInput();
        assertEquals(ExitCode.OK, run.exitCode());
    }

    /// Waits until somebody waits for this.
    private static void awaitAsker(CompletableFuture<?> answer) {
        for (long i = 0; i < 100_000_000 && answer.getNumberOfDependents() == 0; i++) {
            Thread.onSpinWait();
        }
        assertEquals(1, answer.getNumberOfDependents());
    }

    @Test
    void printsAMessageOnceThatIsInTheHistoryAndArrivesLiveAfterIt() throws Exception {
        PipeRun run = PipeRun.start(s -> s.withHistory(2).enter(), "--history", "5", "--json");
        for (String type : List.of("state", "message", "message", "joined")) {
            assertEquals(type, TinyJson.object(run.nextOut()).get("type"));
        }
        run.session().tell(new SessionEvent.EventReceived(FakeSession.message(2), false));
        run.session().hear("new");
        assertEquals("new", TinyJson.object(run.nextOut()).get("text"));
    }

    @Test
    void givesTheSameLinesTheSameIdsWithTheSameKey() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            PipeRun run = PipeRun.start(s -> s.acknowledging().enter(), "--once", "key");
            run.type("a\n\n" + LONGEST + "x\nb\n").endInput();
            run.exitCode();
            run.session().posts.forEach(post -> ids.add(post.id().toString()));
        }
        OnceIds expected = new OnceIds("key");
        String first = expected.ofLine(1).toString();
        String fourth = expected.ofLine(4).toString();
        assertEquals(List.of(first, fourth, first, fourth), ids);
    }

    @Test
    void takesALineThatWasStoredInAnEarlierRunForAcknowledged() throws Exception {
        PipeRun run = PipeRun.start(s -> s.withHistory(9).enter(), "--once", "key", "--json");
        run.type("a\n").endInput();
        FakeSession.Posted post = run.nextPost();
        run.session().stored(post, 4);
        assertEquals(ExitCode.OK, run.exitCode());
        Map<String, String> ack = TinyJson.object(run.restOfOut().getLast());
        assertEquals("ack", ack.get("type"));
        assertEquals("4", ack.get("seq"));
        assertEquals("a", ack.get("text"));
        assertEquals("ana", ack.get("from"));
        assertEquals(post.id().toString(), ack.get("id"));
    }

    @Test
    void printsAnAcknowledgementInTheRoomsOrder() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::enter, "--json");
        run.type("mine\n").endInput();
        FakeSession.Posted post = run.nextPost();
        run.session().stored(post, 2);
        run.session().hear("before it");
        run.session().hear(FakeSession.event(2, FakeSession.ANA, post.id(), "mine", false), true);
        assertEquals(ExitCode.OK, run.exitCode());
        List<String> seqs =
                run.restOfOut().stream()
                        .map(TinyJson::object)
                        .filter(line -> line.containsKey("id"))
                        .map(line -> line.get("type") + line.get("seq"))
                        .toList();
        assertEquals(List.of("message1", "ack2"), seqs);
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {
                "UNKNOWN_HOST",
                "REFUSED",
                "UNREACHABLE",
                "TIMED_OUT",
                "NOT_A_CHAT_SERVER",
                "NAME_TAKEN",
                "LOGIN_REFUSED",
                "UPGRADE_REQUIRED"
            })
    void endsWithOneAndOneLineWhenTheFirstConnectionFails(Failure failure) throws Exception {
        PipeRun run = PipeRun.start(s -> s.end(failure));
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(1, run.restOfErr().size());
        assertEquals(List.of(), run.restOfOut());
    }

    @Test
    void endsWithOneWhenTheSessionEndsLater() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::enter, "--follow", "--json");
        run.nextOut();
        run.nextOut();
        run.session().end(Failure.REPLACED);
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of("chat-term: signed out: the same device logged in again elsewhere"),
                run.restOfErr());
        assertEquals("REPLACED", TinyJson.object(run.restOfOut().getLast()).get("code"));
    }

    @Test
    void endsWithOneWhenTheRoomCannotBeEntered() throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    s.connect();
                    s.tell(
                            new SessionEvent.RoomRefused(
                                    "general", ErrorCode.FORBIDDEN, "members only"));
                });
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of("chat-term: the room general cannot be entered: members only"),
                run.restOfErr());
    }

    @Test
    void endsWithOneWhenTheRoomIsNotEnteredInTime() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::connect, "--timeout", "0.2", "--follow");
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of("chat-term: the room general could not be entered in time"),
                run.restOfErr());
    }

    @Test
    void tellsHowFarTheClocksAreApart() throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    s.enter();
                    s.tell(new SessionEvent.ClockOff(-3_600_000));
                });
        assertEquals("chat-term: your clock is 60 min ahead of the server's", run.nextErr());
        run.endInput();
        assertEquals(ExitCode.OK, run.exitCode());
    }

    @Test
    void tellsOfALostConnectionOnStandardErrorAndGoesOn() throws Exception {
        PipeRun run = PipeRun.start(FakeSession::enter);
        run.type("a\n").endInput();
        FakeSession.Posted post = run.nextPost();
        run.session().lose();
        run.session().lose();
        assertEquals(
                "chat-term: connection lost: the server is stopping; reconnecting", run.nextErr());
        run.session().connect();
        assertEquals("chat-term: connected again", run.nextErr());
        run.session().enterRoom(true, false);
        run.session().acknowledge(post);
        assertEquals(ExitCode.OK, run.exitCode());
    }
}
