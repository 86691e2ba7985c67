package localchat.client.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;

/// The lines that were posted and are not done with, and those that an earlier run left behind.
/// Belongs to the owning thread; the window alone is shared with the reader of standard input.
final class PendingLines {
    /// Lines that are read ahead of their acknowledgements; the input waits for more. Reason: at
    /// most 4 MiB of text, and many times what is under way on the network of one house.
    static final int WINDOW_LINES = 1_000;

    /// The number of a line that an earlier run read.
    static final long EARLIER = 0;

    private final Semaphore window = new Semaphore(WINDOW_LINES);
    private final Map<MessageId, Pending> lines = new HashMap<>();
    private int unacknowledged;
    private int ofThisRun;
    private long acknowledgements;

    /// A line on its way.
    ///
    /// @param number of the line in the input; [#EARLIER] for a post of an earlier run
    /// @param storedSeq its seq once the server acknowledged it, 0 before
    /// @param storedMillis when the server took it
    record Pending(MessageId id, long number, EventBody body, long storedSeq, long storedMillis) {
        boolean isStored() {
            return storedSeq > 0;
        }
    }

    /// Permits for lines to come.
    Semaphore window() {
        return window;
    }

    /// Remembers a line that was posted.
    void add(MessageId id, long number, EventBody body) {
        lines.put(id, new Pending(id, number, body, 0, 0));
        unacknowledged++;
        ofThisRun += number == EARLIER ? 0 : 1;
    }

    /// A post of an earlier run that is not acknowledged is this line of the input.
    void claim(Pending line, long number) {
        lines.put(line.id(), new Pending(line.id(), number, line.body(), 0, 0));
        ofThisRun++;
    }

    /// The line of this id, if it is remembered.
    Optional<Pending> find(MessageId id) {
        return Optional.ofNullable(lines.get(id));
    }

    /// The server has it: it is waited for no longer, but remembered until [#remove].
    ///
    /// @return the line, if it is remembered
    Optional<Pending> acknowledge(MessageId id, long seq, long timeMillis) {
        Pending line = lines.get(id);
        if (line == null) {
            return Optional.empty();
        }
        Pending stored = new Pending(id, line.number(), line.body(), seq, timeMillis);
        lines.put(id, stored);
        if (!line.isStored()) {
            countAcknowledged(line);
        }
        return Optional.of(stored);
    }

    private void countAcknowledged(Pending line) {
        unacknowledged--;
        acknowledgements++;
        if (line.number() != EARLIER) {
            ofThisRun--;
            window.release();
        }
    }

    /// Forgets a line, acknowledged or refused.
    ///
    /// @return the line, if it was remembered
    Optional<Pending> remove(MessageId id) {
        Pending line = lines.remove(id);
        if (line != null && !line.isStored()) {
            countAcknowledged(line);
        }
        return Optional.ofNullable(line);
    }

    /// Forgets some of the acknowledged ones and gives them back, in order of seq.
    List<Pending> removeStored(Predicate<Pending> which) {
        List<Pending> stored = new ArrayList<>();
        for (Pending line : lines.values()) {
            if (line.isStored() && which.test(line)) {
                stored.add(line);
            }
        }
        stored.forEach(line -> lines.remove(line.id()));
        stored.sort(Comparator.comparingLong(Pending::storedSeq));
        return stored;
    }

    /// Whether all is done.
    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// Lines without an answer, those of an earlier run among them.
    int unacknowledged() {
        return unacknowledged;
    }

    /// Whether the input is held up until something is acknowledged.
    boolean isWindowFull() {
        return ofThisRun >= WINDOW_LINES;
    }

    /// Answers so far; grows with each.
    long acknowledgements() {
        return acknowledgements;
    }
}
