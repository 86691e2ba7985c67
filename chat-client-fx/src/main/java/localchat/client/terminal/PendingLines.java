package localchat.client.terminal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import localchat.core.model.MessageId;

/// The lines that were posted and are not done with. Belongs to the owning thread; the window alone
/// is shared with the reader of standard input.
final class PendingLines {
    /// Lines that are read ahead of their acknowledgements; the input waits for more. Reason: at
    /// most 4 MiB of text, and many times what is under way on the network of one house.
    static final int WINDOW_LINES = 1_000;

    private final Semaphore window = new Semaphore(WINDOW_LINES);
    private final Map<MessageId, Pending> lines = new HashMap<>();
    private int unacknowledged;
    private long acknowledgements;

    /// A line on its way.
    ///
    /// @param number of the line in the input
    /// @param stored whether the server acknowledged it
    record Pending(long number, String text, boolean stored) {}

    /// Permits for lines to come.
    Semaphore window() {
        return window;
    }

    /// Remembers a line that was posted.
    void add(MessageId id, long number, String text) {
        lines.put(id, new Pending(number, text, false));
        unacknowledged++;
    }

    /// The server has it: it is waited for no longer, but remembered until [#remove].
    ///
    /// @return the line, if it is remembered
    Optional<Pending> acknowledge(MessageId id) {
        Pending line = lines.get(id);
        if (line != null && !line.stored()) {
            lines.put(id, new Pending(line.number(), line.text(), true));
            countAcknowledged();
        }
        return Optional.ofNullable(line);
    }

    private void countAcknowledged() {
        unacknowledged--;
        acknowledgements++;
        window.release();
    }

    /// Forgets a line, acknowledged or refused.
    ///
    /// @return the line, if it was remembered
    Optional<Pending> remove(MessageId id) {
        Pending line = lines.remove(id);
        if (line != null && !line.stored()) {
            countAcknowledged();
        }
        return Optional.ofNullable(line);
    }

    /// Forgets the acknowledged ones.
    void removeAcknowledged() {
        lines.values().removeIf(Pending::stored);
    }

    /// Whether all is done.
    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// Lines without an answer.
    int unacknowledged() {
        return unacknowledged;
    }

    /// Whether the input is held up until something is acknowledged.
    boolean isWindowFull() {
        return unacknowledged >= WINDOW_LINES;
    }

    /// Answers so far; grows with each.
    long acknowledgements() {
        return acknowledgements;
    }
}
