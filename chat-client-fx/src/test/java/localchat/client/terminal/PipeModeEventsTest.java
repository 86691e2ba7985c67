package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import localchat.core.client.HistoryMessages;
import localchat.core.client.SessionEvent;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.TombstoneCause;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the pipe mode makes of the room's further events, of folded history, and of a hole.
@Timeout(60)
class PipeModeEventsTest {
    private static final EventBody.Edit EDIT = new EventBody.Edit(1, new MessageText("better"));
    private static final EventBody.Reaction REACTION =
            new EventBody.Reaction(1, new Emoji("👍"), false);

    @Test
    void writesOneObjectForEachFurtherEvent() throws Exception {
        List<EventBody> bodies =
                List.of(
                        EDIT,
                        REACTION,
                        new EventBody.Reaction(1, new Emoji("👍"), true),
                        new EventBody.Pin(1, false),
                        new EventBody.Pin(1, true),
                        new EventBody.Topic(new RoomTopic("tea")),
                        new EventBody.Rename(new RoomName("new")),
                        new EventBody.Membership(9, new UserName("cy"), MembershipChange.ADDED),
                        new EventBody.Settings(new RoomSettings(30, 0, false)),
                        new EventBody.Unknown(),
                        new EventBody.Delete(1));
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(1).enter();
                            bodies.forEach(body -> s.happens(FakeSession.BOB, body));
                        },
                        "--json");
        run.endInput();
        run.nextOut();
        run.nextOut();
        assertEquals(
                List.of(
                        event("edit", "\"target\":1,\"text\":\"better\"", 2),
                        event("reaction", "\"target\":1,\"emoji\":\"👍\"", 3),
                        event("reaction", "\"target\":1,\"emoji\":\"👍\",\"removed\":true", 4),
                        event("pin", "\"target\":1", 5),
                        event("pin", "\"target\":1,\"removed\":true", 6),
                        event("topic", "\"topic\":\"tea\"", 7),
                        event("rename", "\"name\":\"new\"", 8),
                        event(
                                "membership",
                                "\"change\":\"added\",\"user_id\":9,\"name\":\"cy\"",
                                9),
                        event(
                                "settings",
                                "\"retention_days\":30,\"retention_messages\":0,"
                                        + "\"past_visible\":false",
                                10),
                        event("delete", "\"target\":1", 12)),
                run.restOfOut());
    }

    private static String event(String type, String members, int seq) {
        return "{\"type\":\"%s\",\"room\":\"general\",%s,\"seq\":%d,".formatted(type, members, seq)
                + "\"id\":\"0000000000000001%016x\",\"from\":\"bob\",\"from_id\":2,".formatted(seq)
                + "\"time\":\"2026-11-21T10:15:30.%03dZ\"}".formatted(seq);
    }

    @Test
    void marksWhatThisUserDid() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(1).enter();
                            s.happens(FakeSession.ANA, EDIT);
                        },
                        "--json");
        run.endInput();
        assertEquals("true", TinyJson.object(run.restOfOut().getLast()).get("own"));
    }

    @Test
    void keepsOneLineForOneMessageInPlainText() throws Exception {
        PipeRun run =
                PipeRun.start(s -> {
                    s.withHistory(1).enter();
                    s.happens(FakeSession.BOB, EDIT);
                    s.happens(FakeSession.BOB, REACTION);
                    s.happens(FakeSession.BOB, new EventBody.Tombstone(TombstoneCause.DELETED, 2));
                    s.hear("hi");
                });
        assertEquals("10:15 bob: (message deleted)", run.nextOut());
        assertEquals("10:15 bob: hi", run.nextOut());
        run.endInput();
        assertEquals(List.of(), run.restOfOut());
    }

    @Test
    void printsMessagesOfTheHistoryAsTheyAreNow() throws Exception {
        PipeRun run = PipeRun.start(PipeModeEventsTest::changedHistory, "--history", "2");
        assertEquals("10:15 bob: (message deleted)", run.nextOut());
        assertEquals("10:15 bob: better (edited)", run.nextOut());
        run.endInput();
        assertEquals(List.of(), run.restOfOut());
    }

    private static void changedHistory(FakeSession session) {
        session.withHistory(3);
        session.happensUnheard(FakeSession.BOB, new EventBody.Edit(3, new MessageText("better")));
        session.happensUnheard(FakeSession.ANA, new EventBody.Reaction(3, new Emoji("👍"), false));
        session.happensUnheard(FakeSession.BOB, new EventBody.Pin(3, false));
        session.happensUnheard(FakeSession.ANA, new EventBody.Delete(2));
        session.enter();
    }

    @Test
    void tellsWhatHappenedToAMessageOfTheHistory() throws Exception {
        PipeRun run = PipeRun.start(PipeModeEventsTest::changedHistory, "--history", "2", "--json");
        run.nextOut();
        Map<String, String> deleted = TinyJson.object(run.nextOut());
        Map<String, String> edited = TinyJson.object(run.nextOut());
        assertEquals("", deleted.get("text"));
        assertEquals("true", deleted.get("deleted"));
        assertEquals("1", deleted.get("deleted_by"));
        assertEquals("better", edited.get("text"));
        assertEquals(Long.toString(FakeSession.TIME + 4), edited.get("edited_ms"));
        assertEquals("[{\"emoji\":\"👍\",\"count\":1,\"user_ids\":[1]}]", edited.get("reactions"));
        assertEquals("true", edited.get("pinned"));
        run.endInput();
        run.exitCode();
    }

    @Test
    void tellsWhatAMessageRepliesToAndWhomItMentions() throws Exception {
        EventBody.Message reply =
                new EventBody.Message(new MessageText("x"), 1, false, List.of(1L, 9L));
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(1).enter();
                            s.happens(FakeSession.BOB, reply);
                        },
                        "--json");
        run.endInput();
        Map<String, String> line = TinyJson.object(run.restOfOut().getLast());
        assertEquals("1", line.get("reply_to"));
        assertEquals("[1,9]", line.get("mentions"));
    }

    /// Enters a room whose history is held back while `meanwhile` happens.
    private static List<String> joined(
            Consumer<FakeSession> before, Consumer<FakeSession> meanwhile, long trueAsOf)
            throws Exception {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        CompletableFuture<Boolean> released = new CompletableFuture<>();
        PipeRun run =
                PipeRun.start(
                        s -> {
                            before.accept(s);
                            s.historySource((anchor, limit) -> {
                                asked.complete(true);
                                return released.thenApply(
                                        _ -> s.page(anchor, limit, Math.max(trueAsOf, 3)));
                            });
                            s.enter();
                        },
                        "--json",
                        "--history",
                        "3");
        asked.get(20, TimeUnit.SECONDS);
        meanwhile.accept(run.session());
        released.complete(true);
        run.endInput();
        List<String> types = new ArrayList<>();
        for (String line : run.restOfOut()) {
            Map<String, String> object = TinyJson.object(line);
            types.add(object.get("type") + " " + object.getOrDefault("text", ""));
        }
        return types.subList(1, types.size());
    }

    @Test
    void tellsAnEditThatCameAfterThePageButNotOneThatIsInIt() throws Exception {
        assertEquals(
                List.of("message m1", "message m2", "message m3", "joined ", "edit better"),
                joined(s -> s.withHistory(3), s -> s.happens(FakeSession.BOB, EDIT), 3));
        assertEquals(
                List.of("message better", "message m2", "message m3", "joined "),
                joined(s -> s.withHistory(3), s -> s.happens(FakeSession.BOB, EDIT), 4));
    }

    @Test
    void tellsATopicThatCameMeanwhileOnce() throws Exception {
        EventBody topic = new EventBody.Topic(new RoomTopic("tea"));
        for (long trueAsOf = 3; trueAsOf <= 4; trueAsOf++) {
            assertEquals(
                    List.of("message m1", "message m2", "message m3", "joined ", "topic "),
                    joined(
                            s -> s.withHistory(3),
                            s -> s.happens(FakeSession.BOB, topic),
                            trueAsOf));
        }
    }

    @Test
    void doesNotTellAnEditAgainThatArrivesAfterThePageThatHasIt() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(3);
                            s.enter();
                            s.happensUnheard(FakeSession.BOB, EDIT);
                        },
                        "--json",
                        "--history",
                        "3");
        for (int i = 0; i < 5; i++) {
            run.nextOut();
        }
        run.session().tell(new SessionEvent.EventReceived(run.session().log.getLast(), false));
        run.session().hear("next");
        run.endInput();
        assertEquals(1, run.restOfOut().size());
    }

    @Test
    void printsAllOfAHoleInOrderBeforeWhatIsLive() throws Exception {
        CompletableFuture<Boolean> released = new CompletableFuture<>();
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.withHistory(3).enter();
                            s.hear("before");
                        },
                        "--json");
        for (int i = 0; i < 3; i++) {
            run.nextOut();
        }
        FakeSession session = run.session();
        session.lose();
        session.missed(250);
        session.historySource((anchor, limit) -> {
            CompletableFuture<HistoryMessages> page = session.page(anchor, limit);
            return released.thenCombine(page, (_, found) -> found);
        });
        session.connect();
        session.enterRoom(true, false);
        session.hear("live");
        released.complete(true);
        run.endInput();
        List<String> expected = new ArrayList<>();
        for (int seq = 5; seq <= 254; seq++) {
            expected.add("message " + seq + " null");
        }
        expected.add("message 255 null");
        assertEquals(
                expected,
                run.restOfOut().stream()
                        .map(TinyJson::object)
                        .filter(line -> !"state".equals(line.get("type")))
                        .map(line ->
                                line.get("type")
                                        + " "
                                        + line.get("seq")
                                        + " "
                                        + line.get("history"))
                        .toList());
    }
}
