package localchat.server.session;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import localchat.core.model.MessageId;
import localchat.server.room.Cursor;
import localchat.server.room.LogPost;
import localchat.server.room.PostOutcome;

/// A session's own posts that are stored while their events still wait for its connection. The
/// event is the acknowledgement: whoever leaves the room before it was handed over gets another one
/// in its place. Belongs to the loop thread.
final class UnheardPosts {
    /// Posts remembered; one more has the oldest acknowledged at once, besides by its event.
    /// Reason: as many as a client has under way; 80 KiB.
    static final int POSTS_MAX = SessionConfig.POSTS_IN_FLIGHT_MAX;

    /// What an acknowledgement says.
    record Unheard(long roomId, MessageId id, long requestId, long seq, long timeMillis) {}

    private final ArrayDeque<Unheard> posts = new ArrayDeque<>(1);

    /// A post was stored whose event waits.
    ///
    /// @param cursors of the rooms the session is in, by room id
    /// @param acknowledge tells the peer that a post is stored
    void add(PostOutcome.Stored stored, Map<Long, Cursor> cursors, Consumer<Unheard> acknowledge) {
        while (!posts.isEmpty() && isHandedOver(posts.peekFirst(), cursors)) {
            posts.removeFirst();
        }
        if (posts.size() == POSTS_MAX) {
            acknowledge.accept(posts.removeFirst());
        }
        LogPost post = stored.post();
        posts.addLast(
                new Unheard(
                        post.roomId(),
                        post.id(),
                        post.requestId(),
                        stored.seq(),
                        stored.timeMillis()));
    }

    private static boolean isHandedOver(Unheard post, Map<Long, Cursor> cursors) {
        Cursor cursor = cursors.get(post.roomId());
        return cursor == null || cursor.nextSeq() > post.seq();
    }

    /// Nothing more comes from this cursor: what it has not handed over is acknowledged now.
    void onLeaving(Cursor cursor, Consumer<Unheard> acknowledge) {
        for (Iterator<Unheard> each = posts.iterator(); each.hasNext(); ) {
            Unheard post = each.next();
            if (post.roomId() == cursor.room().id()) {
                each.remove();
                if (post.seq() >= cursor.nextSeq()) {
                    acknowledge.accept(post);
                }
            }
        }
    }
}
