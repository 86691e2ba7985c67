package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import localchat.core.client.RequestException;
import localchat.core.model.ErrorCode;
import org.junit.jupiter.api.Test;

/// A history that a busy server does not give at once.
class HistoryFeedTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Runnable> paused = new ArrayList<>();
    private final Inbox inbox =
            new Inbox((pause, action) -> {
                pauses.add(pause);
                paused.add(action);
            });
    private final FakeSession session =
            new FakeSession(event -> inbox.putNow(new Notice.Heard(event)), s -> {});
    private int asked;

    private void refuse(int times) {
        session.historySource((anchor, limit) ->
                ++asked <= times
                        ? CompletableFuture.failedFuture(
                                new RequestException(ErrorCode.BUSY, "busy"))
                        : session.page(anchor, limit));
    }

    private List<Long> seconds() {
        return pauses.stream().map(Duration::toSeconds).toList();
    }

    @Test
    void asksABusyServerAgainAfterGrowingPausesForAPersonFourTimes() {
        DialogueRun run = DialogueRun.begun();
        run.session()
                .historySource((_, _) ->
                        CompletableFuture.failedFuture(
                                new RequestException(ErrorCode.BUSY, "busy")));
        run.session().withHistory(1).enter();
        List<Long> seconds = new ArrayList<>();
        List<String> shown = run.shown();
        for (List<Duration> pauses = run.pauses(); !pauses.isEmpty(); pauses = run.pauses()) {
            pauses.forEach(pause -> seconds.add(pause.toSeconds()));
            shown = run.shown();
        }
        assertEquals(List.of(1L, 2L, 4L, 8L), seconds);
        assertEquals(List.of("      the history of the room cannot be read: busy"), shown);
    }

    @Test
    void asksABusyServerForAPipeUntilItAnswers() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineOutput lines = new LineOutput(out);
        PipeConversation conversation = conversation(lines, "--history", "1", "--follow");
        refuse(7);
        session.withHistory(1).enter();
        drain(conversation);
        while (!paused.isEmpty()) {
            paused.removeFirst().run();
            drain(conversation);
        }
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L), seconds());
        lines.flush();
        assertEquals("10:15 bob: m1\n", out.toString(StandardCharsets.UTF_8));
        assertTrue(conversation.exitCode().isEmpty());
    }

    @Test
    void asksOnceWhenTheRoomIsEnteredAgainInThePause() throws Exception {
        PipeConversation conversation =
                conversation(
                        new LineOutput(new ByteArrayOutputStream()), "--history", "1", "--follow");
        refuse(1);
        session.withHistory(1).enter();
        drain(conversation);
        session.enterRoom(true, false);
        drain(conversation);
        int before = asked;
        paused.removeFirst().run();
        drain(conversation);
        assertEquals(before, asked);
    }

    private PipeConversation conversation(LineOutput out, String... arguments) {
        Texts texts = new Texts(Language.ENGLISH);
        List<String> all = new ArrayList<>(List.of("--server", "localhost:1", "--name", "ana"));
        all.addAll(List.of(arguments));
        TerminalOptions options =
                ((Invocation.Run)
                                new CommandLineReader(texts, "1").read(all.toArray(String[]::new)))
                        .options();
        return new PipeConversation(
                options,
                session,
                inbox,
                new PlainPrinter(out, new Times(ZoneOffset.UTC)),
                new PipeConversation.Report(
                        new ErrorOutput(new ByteArrayOutputStream()),
                        texts,
                        new SessionWords(texts, options)));
    }

    private void drain(PipeConversation conversation) throws IOException, InterruptedException {
        for (Optional<Notice> notice = inbox.poll(0); notice.isPresent(); notice = inbox.poll(0)) {
            conversation.on(notice.get());
        }
    }
}
