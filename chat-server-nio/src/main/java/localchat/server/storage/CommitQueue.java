package localchat.server.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.server.room.LogPost;

/// What waits to be committed: put in by the loop thread, taken out by the storage thread. Its
/// methods may be called from any thread.
final class CommitQueue {
    /// Posts that may wait; one more is not taken. Reason: at the slowest disk worth running on, 20
    /// commits a second of 256 posts each, they are stored within two seconds.
    static final int POSTS_MAX = 8_192;

    /// Bytes of text that may wait, as UTF-8; one more post is not taken once they are passed.
    static final long TEXT_BYTES_MAX = 16L * 1024 * 1024;

    /// Posts in one transaction. Reason: past this the cost of the disk's sync is no longer felt,
    /// and the first of them wait for the last.
    static final int GROUP_POSTS = 256;

    /// Bytes of text in one transaction, as UTF-8; the post that passes it is the last.
    static final long GROUP_TEXT_BYTES = 1024L * 1024;

    /// Read markers that may wait; of further ones those that are new are dropped, and what was
    /// read is shown as unread again after a restart. Reason: they wait this long only while the
    /// disk is full.
    static final int MARKS_MAX = 65_536;

    /// Read markers in one transaction.
    private static final int GROUP_MARKS = 4_096;

    /// How long read markers alone wait for company, in nanoseconds. Reason: everyone in a room
    /// reads a message within a moment; each marker alone would cost a sync of the disk.
    private static final long MARKS_PATIENCE_NANOS = 250_000_000L;

    private sealed interface Item {
        record Post(LogPost post, int textBytes) implements Item {}

        record Barrier(long number) implements Item {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somethingCame = lock.newCondition();
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private final Notes notes = new Notes();
    private HashMap<ReaderKey, Long> marks = new HashMap<>();
    private int posts;
    private long textBytes;
    private boolean closed;

    /// Puts in a post; false when too many wait.
    boolean offer(LogPost post) {
        int bytes = textBytes(post.body());
        lock.lock();
        try {
            if (closed || posts >= POSTS_MAX || textBytes >= TEXT_BYTES_MAX) {
                return false;
            }
            posts++;
            textBytes += bytes;
            items.add(new Item.Post(post, bytes));
            somethingCame.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static int textBytes(EventBody body) {
        return switch (body) {
            case EventBody.Message message -> MessageText.utf8Length(message.text().value());
            case EventBody.Edit edit -> MessageText.utf8Length(edit.text().value());
            default -> 0;
        };
    }

    /// Puts in a barrier, behind all posts that wait.
    void barrier(long number) {
        lock.lock();
        try {
            items.add(new Item.Barrier(number));
            somethingCame.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Puts in something that will be written before any post that waits. How many wait is bounded
    /// by what they are about, see [Notes], and by the ids that may be given away meanwhile.
    void add(Note note) {
        lock.lock();
        try {
            notes.add(note);
            somethingCame.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Puts in that somebody read a room up to a seq.
    void mark(ReaderKey reader, long seq) {
        lock.lock();
        try {
            if (marks.containsKey(reader) || marks.size() < MARKS_MAX) {
                marks.merge(reader, seq, Math::max);
                somethingCame.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for something to do, and takes it.
    ///
    /// @param patienceNanos longest wait
    /// @return [Work#NONE] when nothing came in that time; nothing at all once the queue is closed
    ///   and empty
    Optional<Work> take(long patienceNanos) throws InterruptedException {
        lock.lock();
        try {
            long patience = patienceNanos;
            while (isIdle() && !closed && patience > 0) {
                patience = somethingCame.awaitNanos(patience);
            }
            if (items.isEmpty() && notes.isEmpty()) {
                long company = MARKS_PATIENCE_NANOS;
                while (items.isEmpty()
                        && notes.isEmpty()
                        && !marks.isEmpty()
                        && !closed
                        && company > 0) {
                    company = somethingCame.awaitNanos(company);
                }
            }
            if (isIdle()) {
                return closed ? Optional.empty() : Optional.of(Work.NONE);
            }
            return Optional.of(takeNow());
        } finally {
            lock.unlock();
        }
    }

    private boolean isIdle() {
        return items.isEmpty() && notes.isEmpty() && marks.isEmpty();
    }

    private Work takeNow() {
        long barrier = 0;
        List<LogPost> group = new ArrayList<>();
        long groupBytes = 0;
        while (!items.isEmpty()
                && group.size() < GROUP_POSTS
                && groupBytes < GROUP_TEXT_BYTES
                && !(items.peek() instanceof Item.Barrier && !group.isEmpty())) {
            switch (items.remove()) {
                case Item.Barrier(long number) -> barrier = number;
                case Item.Post(LogPost post, int bytes) -> {
                    posts--;
                    textBytes -= bytes;
                    groupBytes += bytes;
                    group.add(post);
                }
            }
        }
        Work work = new Work(barrier, notes.all(), takeMarks(), group);
        notes.clear();
        return work;
    }

    private Map<ReaderKey, Long> takeMarks() {
        if (marks.size() <= GROUP_MARKS) {
            Map<ReaderKey, Long> all = marks;
            marks = new HashMap<>();
            return all;
        }
        Map<ReaderKey, Long> some = HashMap.newHashMap(GROUP_MARKS);
        var each = marks.entrySet().iterator();
        while (some.size() < GROUP_MARKS) {
            Map.Entry<ReaderKey, Long> mark = each.next();
            some.put(mark.getKey(), mark.getValue());
            each.remove();
        }
        return some;
    }

    /// Takes nothing more in, barriers and notes excepted; [#take] does not wait any longer.
    void close() {
        lock.lock();
        try {
            closed = true;
            somethingCame.signal();
        } finally {
            lock.unlock();
        }
    }
}
