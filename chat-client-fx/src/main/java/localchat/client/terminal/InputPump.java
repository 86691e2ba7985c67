package localchat.client.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import localchat.client.terminal.InputLines.Line;
import localchat.core.model.MessageText;

/// Reads standard input and hands its lines to the inbox, at most a window of them ahead of the
/// acknowledgements. Runs on a thread of its own, a daemon: a read of standard input cannot be
/// interrupted.
final class InputPump implements Runnable {
    private final InputLines lines;
    private final Inbox inbox;
    private final Semaphore window;
    private final Texts texts;

    /// @param window one permit is taken for each line handed over; whoever is done with the line
    ///   gives it back
    InputPump(InputStream in, Inbox inbox, Semaphore window, Texts texts) {
        this.lines = new InputLines(in);
        this.inbox = inbox;
        this.window = window;
        this.texts = texts;
    }

    @Override
    public void run() {
        try {
            while (true) {
                window.acquire();
                Optional<Notice> notice = nextNotice();
                if (notice.isEmpty()) {
                    inbox.putNow(new Notice.InputEnded(""));
                    return;
                }
                inbox.putNow(notice.get());
            }
        } catch (IOException e) {
            inbox.putNow(new Notice.InputEnded(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The next line that is not blank; empty at the end.
    private Optional<Notice> nextNotice() throws IOException {
        while (true) {
            Optional<Line> line = lines.next();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            switch (line.get()) {
                case Line.Blank blank -> {}
                case Line.Good(long number, String text) -> {
                    return Optional.of(new Notice.InputLine(number, text));
                }
                case Line.TooLong(long number, long bytes) -> {
                    return fault(Text.LINE_TOO_LONG, number, bytes, MessageText.BYTES_MAX);
                }
                case Line.Malformed(long number) -> {
                    return fault(Text.LINE_NOT_UTF8, number);
                }
            }
        }
    }

    private Optional<Notice> fault(Text text, Object... arguments) {
        return Optional.of(new Notice.InputFault(texts.get(text, arguments)));
    }
}
