package localchat.client.terminal;

import java.io.IOError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import localchat.core.client.ChatSession;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;

/// Chats with a person at a terminal. The main thread runs the line editor; a second one owns the
/// state and shows what happens.
final class InteractiveMode {
    /// Longest wait in the end for messages that are not acknowledged.
    private static final Duration GOODBYE_MAX = Duration.ofSeconds(3);

    /// Notices taken before the screen is brought up to date, when they come without a pause.
    private static final int BATCH_NOTICES_MAX = 200;

    private final TerminalOptions options;
    private final Texts texts;
    private final ErrorOutput err;
    private final NanoClock clock;
    private final Inbox inbox = new Inbox();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch shown = new CountDownLatch(1);
    private volatile boolean over;
    private volatile Optional<String> fault = Optional.empty();

    InteractiveMode(TerminalOptions options, Texts texts, ErrorOutput err, NanoClock clock) {
        this.options = options;
        this.texts = texts;
        this.err = err;
        this.clock = clock;
    }

    /// Chats until the person leaves or the session ends.
    ///
    /// @param coloured false for people who want no colours
    /// @return the exit code
    int run(SessionOpener opener, Path profileFolder, Times times, boolean coloured)
            throws InterruptedException {
        ChatSession session = opener.open(event -> inbox.put(new Notice.Heard(event)));
        try (TerminalScreen screen = new TerminalScreen(profileFolder)) {
            Announcer announcer = new Announcer(screen, texts, new Looks(coloured), times);
            Dialogue dialogue =
                    new Dialogue(
                            options,
                            new Dialogue.Line(session, inbox, clock),
                            announcer,
                            new SessionWords(texts, options));
            session.start();
            Thread typing = Thread.currentThread();
            Thread.ofPlatform().daemon().name("chat").start(() -> show(dialogue, screen, typing));
            await(ready);
            type(screen);
            inbox.putNow(new Notice.Stop());
            await(shown);
            Thread.interrupted();
            Goodbye.say(session, dialogue.ending().isPresent(), inbox, clock);
            return finish(dialogue);
        } catch (IOException e) {
            err.say(texts.get(Text.TERMINAL_FAILED, String.valueOf(e.getMessage())));
            return ExitCode.FAILED;
        } finally {
            session.close();
            inbox.close();
        }
    }

    /// Takes notices until it is over. Runs on the thread that owns the state.
    private void show(Dialogue dialogue, TerminalScreen screen, Thread typing) {
        Patience patience = new Patience(clock, GOODBYE_MAX);
        try {
            int taken = 0;
            while (goesOn(dialogue, patience)) {
                Optional<Notice> notice = inbox.poll(0);
                if (notice.isEmpty() || ++taken >= BATCH_NOTICES_MAX) {
                    screen.flush();
                    dialogue.tellRead();
                    taken = 0;
                }
                if (notice.isEmpty()) {
                    notice = inbox.poll(Math.min(patience.nanosLeft(), dialogue.nanosToTellRead()));
                }
                if (notice.isPresent()) {
                    dialogue.on(notice.get());
                }
                if (dialogue.isReady()) {
                    screen.flush();
                    ready.countDown();
                }
                patience.update(!dialogue.isWanted(), 0);
            }
            screen.flush();
        } catch (IOException | RuntimeException e) {
            fault = Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
            ready.countDown();
            typing.interrupt();
            shown.countDown();
        }
    }

    private static boolean goesOn(Dialogue dialogue, Patience patience) {
        boolean worthWaiting = dialogue.unacknowledged() > 0 && !patience.isOver();
        return dialogue.ending().isEmpty() && (dialogue.isWanted() || worthWaiting);
    }

    /// Hands over what the person enters, until they leave or it is over.
    private void type(TerminalScreen screen) {
        while (!over) {
            try {
                String line = screen.readLine();
                if (Command.of(line) instanceof Command.Quit) {
                    return;
                }
                inbox.putNow(new Notice.Typed(line));
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isBlank()) {
                    return;
                }
            } catch (EndOfFileException | IOError e) {
                return;
            }
        }
    }

    /// Waits for the other thread. That one interrupts this one when it ends, for the line editor;
    /// wherever else that is noticed it does not matter.
    private static void await(CountDownLatch latch) throws InterruptedException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            latch.await();
        }
    }

    private int finish(Dialogue dialogue) {
        if (fault.isPresent()) {
            err.say(texts.get(Text.INTERNAL_FAULT, fault.get()));
        } else if (dialogue.ending().isPresent()) {
            err.say(dialogue.ending().get());
        } else if (dialogue.unacknowledged() > 0) {
            err.say(texts.get(Text.NOT_SENT, dialogue.unacknowledged()));
        } else {
            return ExitCode.OK;
        }
        return ExitCode.FAILED;
    }
}
