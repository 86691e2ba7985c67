package localchat.core.client;

import java.util.List;
import java.util.Optional;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;

/// Own posts that the server has not acknowledged, in the order they were made. Belongs to the
/// session thread; what is on its way is [PostFlow]'s business.
interface Outbox {
    /// One own post.
    ///
    /// @param roomId the front end's id of the room
    record Entry(MessageId id, long roomId, EventBody body) {}

    /// Adds a post behind the others. Its id is not in here.
    ///
    /// @return false when the outbox is full
    boolean add(Entry entry);

    /// The post with this id.
    Optional<Entry> find(MessageId id);

    /// Takes a post out; nothing happens when it is not in here.
    void remove(MessageId id);

    /// All posts, in order.
    List<Entry> entries();
}
