package localchat.server.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import localchat.server.room.LogPost;

/// What is no post and has not been written yet: it is tried with every transaction until one
/// succeeds. Belongs to the storage thread.
final class Pending {
    private final List<Note> notes = new ArrayList<>();
    private final Map<ReaderKey, Long> marks = new HashMap<>();

    /// Takes in what came.
    void add(Work work) {
        notes.addAll(work.notes());
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
        return new Work(0, List.copyOf(notes), Map.copyOf(marks), posts);
    }

    /// All of it was written.
    void clear() {
        notes.clear();
        marks.clear();
    }
}
