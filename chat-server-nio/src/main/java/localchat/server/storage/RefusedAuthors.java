package localchat.server.storage;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import localchat.core.model.Digest32;
import localchat.server.room.LogPost;

/// Whose posts are refused until the loop has heard of an earlier refusal of theirs: a post that
/// was offered before that must not overtake one that was refused. Other people's posts go on.
/// Belongs to the storage thread.
///
/// It holds no more authors than have posts in the [CommitQueue] or on their way back.
final class RefusedAuthors {
    private record Author(long userId, Digest32 device) {
        static Author of(LogPost post) {
            return new Author(post.senderId(), post.device());
        }
    }

    /// The barrier that each one's newest refusal asked for, lowest first.
    private final LinkedHashMap<Author, Long> barriers = new LinkedHashMap<>();

    /// Posts were refused, with a barrier above all before.
    void add(List<LogPost> posts, long barrier) {
        for (LogPost post : posts) {
            Author author = Author.of(post);
            barriers.remove(author);
            barriers.put(author, barrier);
        }
    }

    /// The loop had heard of all refusals up to this barrier's when it offered what comes now.
    void onBarrier(long barrier) {
        Iterator<Map.Entry<Author, Long>> lowest = barriers.entrySet().iterator();
        while (lowest.hasNext() && lowest.next().getValue() <= barrier) {
            lowest.remove();
        }
    }

    boolean isEmpty() {
        return barriers.isEmpty();
    }

    /// Whether this post must be refused.
    boolean holds(LogPost post) {
        return barriers.containsKey(Author.of(post));
    }
}
