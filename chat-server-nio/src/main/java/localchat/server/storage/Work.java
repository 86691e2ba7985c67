package localchat.server.storage;

import java.util.List;
import java.util.Map;
import localchat.server.room.LogPost;

/// What the storage thread takes at once from the [CommitQueue].
///
/// @param barrier the newest barrier that stood before these posts; 0: none
/// @param notes in their order
/// @param marks seqs up to which was read
record Work(long barrier, List<Note> notes, Map<ReaderKey, Long> marks, List<LogPost> posts) {
    /// Nothing came.
    static final Work NONE = new Work(0, List.of(), Map.of(), List.of());

    /// Whether there is nothing to be written.
    boolean isNothing() {
        return notes.isEmpty() && marks.isEmpty() && posts.isEmpty();
    }
}
