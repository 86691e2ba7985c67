package localchat.client.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import localchat.client.terminal.LineOutput.OutputException;
import localchat.client.terminal.PipeConversation.Report;
import localchat.core.client.ChatSession;

/// Chats as a filter: lines from standard input are posted, messages of others are printed.
final class PipeMode {
    private final TerminalOptions options;
    private final Streams streams;
    private final Texts texts;
    private final NanoClock clock;
    private final Inbox inbox = new Inbox();
    private boolean inputRuns;

    /// The three standard streams.
    record Streams(InputStream in, LineOutput out, ErrorOutput err) {}

    PipeMode(TerminalOptions options, Streams streams, Texts texts, NanoClock clock) {
        this.options = options;
        this.streams = streams;
        this.texts = texts;
        this.clock = clock;
    }

    /// Chats until the end.
    ///
    /// @return the exit code
    int run(SessionOpener opener, Times times) throws InterruptedException {
        ChatSession session = opener.open(event -> inbox.put(new Notice.Heard(event)));
        Report report = new Report(streams.err(), texts, new SessionWords(texts, options));
        RoomPrinter printer =
                options.json()
                        ? new JsonPrinter(streams.out())
                        : new PlainPrinter(streams.out(), times);
        PipeConversation conversation =
                new PipeConversation(options, session, inbox, printer, report);
        try {
            session.start();
            return converse(conversation);
        } catch (OutputException e) {
            if (!e.readerGone()) {
                report.say(Text.OUTPUT_FAILED, String.valueOf(e.getMessage()));
            }
            return ExitCode.FAILED;
        } catch (IOException e) {
            report.say(Text.INTERNAL_FAULT, e);
            return ExitCode.FAILED;
        } finally {
            Goodbye.say(session, conversation.hasEnded(), inbox, clock);
        }
    }

    /// Comes to an end soon. Safe from any thread.
    void stop() {
        inbox.putNow(new Notice.Stop());
    }

    private int converse(PipeConversation conversation) throws IOException, InterruptedException {
        Patience patience = new Patience(clock, options.timeout());
        while (conversation.exitCode().isEmpty()) {
            Optional<Notice> notice = nextNotice(patience);
            if (notice.isPresent()) {
                conversation.on(notice.get());
            }
            if (conversation.isLive() && !inputRuns) {
                inputRuns = true;
                readInput(conversation.pending());
            }
            patience.update(conversation.isWaiting(), conversation.progress());
            if (patience.isOver()) {
                conversation.onPatienceOver();
            }
        }
        streams.out().flush();
        return conversation.exitCode().getAsInt();
    }

    /// What is there is taken as it comes; before waiting, what was printed goes out.
    private Optional<Notice> nextNotice(Patience patience)
            throws IOException, InterruptedException {
        Optional<Notice> notice = inbox.poll(0);
        if (notice.isEmpty()) {
            streams.out().flush();
            notice = inbox.poll(patience.nanosLeft());
        }
        return notice;
    }

    private void readInput(PendingLines pending) {
        InputPump pump = new InputPump(streams.in(), inbox, pending.window(), texts);
        Thread.ofPlatform().daemon().name("standard-input").start(pump);
    }
}
