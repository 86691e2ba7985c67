package localchat.server.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import localchat.server.room.LogPost;

/// What is no post and has not been written yet: it is tried with every transaction until one
/// succeeds. Belongs to the storage thread.
final class Pending {
    private final Notes notes = new Notes();
    private final Map<ReaderKey, Long> marks = new HashMap<>();

    /// Takes in what came.
    void add(Work work) {
        work.notes().forEach(notes::add);
        work.marks()
                .forEach((reader, seq) -> {
                    if (marks.containsKey(reader) || marks.size() < CommitQueue.MARKS_MAX) {
                        marks.merge(reader, seq, Math::max);
                    }
                });
    }

    boolean isEmpty() {
        return notes.isEmpty() && marks.isEmpty();
    }

    /// All of it, and these posts.
    Work with(List<LogPost> posts) {
        return new Work(0, notes.all(), Map.copyOf(marks), posts);
    }

    /// All of it was written.
    void clear() {
        notes.clear();
        marks.clear();
    }
}
