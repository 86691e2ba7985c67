package localchat.client.terminal;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/// A chat at a terminal against a [FakeSession], without threads: what waits is taken when a test
/// asks what is shown.
final class DialogueRun implements Screen {
    static final String DAY = "── Saturday, November 21, 2026 ──";

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Runnable> paused = new ArrayList<>();
    private final Inbox inbox =
            new Inbox((pause, action) -> {
                pauses.add(pause);
                paused.add(action);
            });
    private final List<String> printed = new ArrayList<>();
    private final FakeSession session =
            new FakeSession(event -> inbox.put(new Notice.Heard(event)), s -> {});
    private final Dialogue dialogue;
    private Completions completions = Completions.NONE;
    private String prompt = "";
    private String composed = "";
    private int columns = 80;
    private long nanos;

    private DialogueRun(Language language, String... arguments) {
        Texts texts = new Texts(language);
        List<String> all = new ArrayList<>(List.of("--server", "localhost:1", "--name", "ana"));
        all.add("--plaintext");
        all.addAll(List.of(arguments));
        TerminalOptions options =
                ((Invocation.Run)
                                new CommandLineReader(texts, "1").read(all.toArray(String[]::new)))
                        .options();
        Times times = new Times(ZoneOffset.UTC);
        Announcer announcer = new Announcer(this, texts, new Looks(true), times);
        dialogue =
                new Dialogue(
                        options,
                        new Dialogue.Line(session, inbox, () -> nanos),
                        announcer,
                        new SessionWords(texts, options));
    }

    /// A chat in English that is not connected yet.
    static DialogueRun begun(String... arguments) {
        return new DialogueRun(Language.ENGLISH, arguments);
    }

    static DialogueRun begunIn(Language language) {
        return new DialogueRun(language);
    }

    /// A chat in the room, with nothing said yet.
    static DialogueRun entered() {
        DialogueRun run = begun();
        run.session.enter();
        run.shown();
        return run;
    }

    @Override
    public void print(AttributedString line) {
        printed.add(line.toString());
    }

    @Override
    public void prompt(AttributedString now) {
        prompt = now.toString();
    }

    @Override
    public void completions(Completions now) {
        completions = now;
    }

    @Override
    public void compose(String text) {
        composed = text;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int rows() {
        return 24;
    }

    @Override
    public void flush() {}

    /// The terminal has this width from now on.
    DialogueRun withColumns(int now) {
        columns = now;
        return this;
    }

    /// What is shown of what happened since the last time.
    List<String> shown() {
        try {
            for (Optional<Notice> notice = inbox.poll(0);
                    notice.isPresent();
                    notice = inbox.poll(0)) {
                dialogue.on(notice.get());
            }
        } catch (InterruptedException | IOException e) {
            throw new AssertionError(e);
        }
        List<String> lines = List.copyOf(printed);
        printed.clear();
        return lines;
    }

    /// Lets a person enter a line.
    List<String> type(String line) {
        inbox.putNow(new Notice.Typed(line));
        return shown();
    }

    /// The person leaves.
    void stop() {
        inbox.putNow(new Notice.Stop());
        shown();
    }

    /// How long it was waited for what was to be done later, which is done now.
    List<Duration> pauses() {
        List<Duration> taken = List.copyOf(pauses);
        List<Runnable> due = List.copyOf(paused);
        pauses.clear();
        paused.clear();
        due.forEach(Runnable::run);
        return taken;
    }

    /// What the server is told to be read, after so much time.
    List<String> marksAfter(long moreNanos) {
        nanos += moreNanos;
        dialogue.tellRead();
        List<String> marks = new ArrayList<>();
        session.marks.drainTo(marks);
        return marks;
    }

    FakeSession session() {
        return session;
    }

    Dialogue dialogue() {
        return dialogue;
    }

    Completions completions() {
        return completions;
    }

    String prompt() {
        return prompt;
    }

    String composed() {
        return composed;
    }
}
