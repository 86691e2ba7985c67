package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What an earlier run of the same profile left in the outbox.
@Timeout(60)
class PipeModeRestoredTest {
    private static final OnceIds KEY = new OnceIds("key");

    private static void restore(
            FakeSession session, MessageId id, EventBody body, PostState state) {
        session.tell(
                new SessionEvent.PostRestored(
                        FakeSession.ROOM_ID, id, body, state, Optional.empty()));
    }

    private static FakeSession.Posted posted(MessageId id, String text) {
        return new FakeSession.Posted(id, FakeSession.ROOM_ID, FakeSession.said(text));
    }

    private static List<String> acks(PipeRun run) throws Exception {
        return run.restOfOut().stream()
                .map(TinyJson::object)
                .filter(line -> "ack".equals(line.get("type")))
                .map(line -> line.get("seq") + " " + line.get("text"))
                .toList();
    }

    @Test
    void waitsForWhatAnEarlierRunLeftAndAcknowledgesIt() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(1), FakeSession.said("old"), PostState.WAITING);
                            s.enter();
                        },
                        "--json");
        run.nextOut();
        run.nextOut();
        run.endInput();
        run.session().hear("not yet over");
        run.nextOut();
        assertFalse(run.isOver());
        run.session().acknowledge(posted(KEY.ofLine(1), "old"));
        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals(List.of("2 old"), acks(run));
    }

    @Test
    void endsWhenTheServerIsNotThereThoughSomethingIsKept() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(1), FakeSession.said("old"), PostState.WAITING);
                            s.lose();
                        },
                        "--follow",
                        "--json");
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(List.of("chat-term: localhost:1 cannot be reached"), run.restOfErr());
        assertEquals("UNREACHABLE", TinyJson.object(run.nextOut()).get("code"));
    }

    @Test
    void givesUpOnWhatAnEarlierRunLeftAsOnItsOwnLines() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(1), FakeSession.said("old"), PostState.WAITING);
                            s.enter();
                        },
                        "--timeout",
                        "0.2");
        run.endInput();
        assertEquals(ExitCode.FAILED, run.exitCode());
    }

    @Test
    void doesNotWaitForWhatWasPostedInAnotherRoom() throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    s.tell(
                            new SessionEvent.PostRestored(
                                    99,
                                    KEY.ofLine(1),
                                    FakeSession.said("elsewhere"),
                                    PostState.WAITING,
                                    Optional.empty()));
                    s.enter();
                });
        run.endInput();
        assertEquals(ExitCode.OK, run.exitCode());
    }

    @Test
    void postsALineNotAgainThatWaitsInTheOutbox() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(2), FakeSession.said("b"), PostState.WAITING);
                            s.enter();
                        },
                        "--json",
                        "--once",
                        "key");
        run.type("a\nb\n").endInput();
        FakeSession.Posted first = run.nextPost();
        assertEquals(KEY.ofLine(1), first.id());
        run.session().acknowledge(posted(KEY.ofLine(2), "b"));
        run.session().acknowledge(first);
        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals(List.of("1 b", "2 a"), acks(run));
        assertEquals(0, run.session().posts.size());
    }

    @Test
    void postsALineNotAgainWhoseEarlierPostIsStoredBeforeItIsRead() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(1), FakeSession.said("a"), PostState.WAITING);
                            s.enter();
                            s.acknowledge(posted(KEY.ofLine(1), "a"));
                        },
                        "--json",
                        "--once",
                        "key");
        for (String type : List.of("state", "joined", "ack")) {
            assertEquals(type, TinyJson.object(run.nextOut()).get("type"));
        }
        run.type("a\n").endInput();
        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals(List.of(), run.restOfOut());
        assertEquals(0, run.session().posts.size());
    }

    @Test
    void refusesAnotherLineUnderTheIdOfOneThatWaits() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(1), FakeSession.said("old"), PostState.WAITING);
                            s.enter();
                        },
                        "--once",
                        "key");
        run.type("other\n").endInput();
        assertEquals(
                "chat-term: line 1 was refused: CONFLICT another text was posted with this key",
                run.nextErr());
        run.session().acknowledge(posted(KEY.ofLine(1), "old"));
        assertEquals(ExitCode.FAILED, run.exitCode());
    }

    @Test
    void triesALineAgainThatAnEarlierRunSawRefused() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(1), FakeSession.said("a"), PostState.FAILED);
                            restore(s, KEY.ofLine(2), FakeSession.said("b"), PostState.FAILED);
                            s.onPost(s::acknowledge).enter();
                        },
                        "--once",
                        "key");
        run.type("a\nnot b\n").endInput();
        assertEquals("not b", run.nextPost().text());
        run.session().acknowledge(posted(KEY.ofLine(1), "a"));
        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals(
                List.of("retry " + KEY.ofLine(1), "discard " + KEY.ofLine(2)),
                List.copyOf(run.session().calls));
    }

    @Test
    void leavesNothingInTheOutboxThatTheServerRefused() throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    restore(s, KEY.ofLine(1), FakeSession.said("old"), PostState.WAITING);
                    s.enter();
                    s.refuse(posted(KEY.ofLine(1), "old"), ErrorCode.MUTED);
                });
        run.type("new\n").endInput();
        FakeSession.Posted post = run.nextPost();
        run.session().refuse(post, ErrorCode.MUTED);
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of("discard " + KEY.ofLine(1), "discard " + post.id()),
                List.copyOf(run.session().calls));
    }

    @Test
    void saysWhenSomethingOfAnEarlierRunIsRefusedWithoutFailingForIt() throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    restore(s, KEY.ofLine(1), FakeSession.said("old"), PostState.WAITING);
                    s.enter();
                    s.refuse(posted(KEY.ofLine(1), "old"), ErrorCode.MUTED);
                });
        run.endInput();
        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals(
                List.of("chat-term: a line of an earlier run was refused: MUTED no"),
                run.restOfErr());
    }

    @Test
    void acknowledgesOnceWhatComesOutAsHistory() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(1), FakeSession.said("old"), PostState.WAITING);
                            s.withHistory(2).connect();
                            s.enterRoom(false, false);
                            s.acknowledge(posted(KEY.ofLine(1), "old"));
                        },
                        "--json",
                        "--history",
                        "5");
        run.endInput();
        assertEquals(List.of("3 old"), acks(run));
        assertEquals(ExitCode.OK, run.exitCode());
    }

    @Test
    void acknowledgesWhatWasStoredLongBeforeTheHistoryThatIsPrinted() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(1), FakeSession.said("old"), PostState.WAITING);
                            s.withHistory(9).connect();
                            s.enterRoom(false, false);
                            s.stored(posted(KEY.ofLine(1), "old"), 2);
                        },
                        "--json",
                        "--history",
                        "3");
        run.endInput();
        assertEquals(List.of("2 old"), acks(run));
        assertEquals(ExitCode.OK, run.exitCode());
    }

    @Test
    void printsWhatWasMissedSinceAnEarlierRunOnlyWhereItIsAskedFor() throws Exception {
        for (String history : List.of("0", "1")) {
            PipeRun run =
                    PipeRun.start(
                            s -> {
                                s.withHistory(3).connect();
                                s.enterFrom(
                                        2,
                                        FakeSession.room(
                                                FakeSession.ROOM_ID,
                                                "general",
                                                RoomKind.PUBLIC,
                                                4));
                                for (long seq = 2; seq <= 3; seq++) {
                                    s.tell(
                                            new SessionEvent.EventReceived(
                                                    FakeSession.message(seq), false));
                                }
                                s.happens(FakeSession.BOB, new EventBody.Topic(RoomTopic.NONE));
                                s.hear("now");
                            },
                            "--history",
                            history,
                            "--json");
            run.endInput();
            List<String> seqs =
                    run.restOfOut().stream()
                            .map(TinyJson::object)
                            .filter(line -> line.containsKey("seq"))
                            .map(line -> line.get("type") + line.get("seq"))
                            .toList();
            List<String> expected =
                    history.equals("0")
                            ? List.of("joined4", "message5")
                            : List.of("message3", "message5", "joined5");
            assertEquals(expected, seqs);
        }
    }

    @Test
    void tellsAnEarlierEditAsTheEventItIs() throws Exception {
        EventBody edit = new EventBody.Edit(1, new MessageText("new"));
        PipeRun run =
                PipeRun.start(
                        s -> {
                            restore(s, KEY.ofLine(1), edit, PostState.WAITING);
                            s.withHistory(4).enter();
                            s.stored(
                                    new FakeSession.Posted(
                                            KEY.ofLine(1), FakeSession.ROOM_ID, edit),
                                    3);
                        },
                        "--json");
        run.endInput();
        assertEquals(ExitCode.OK, run.exitCode());
        Map<String, String> line = TinyJson.object(run.restOfOut().getLast());
        assertEquals("edit", line.get("type"));
        assertEquals("true", line.get("own"));
    }
}
