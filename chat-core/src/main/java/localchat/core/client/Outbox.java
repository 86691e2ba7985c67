package localchat.core.client;

import java.util.List;
import java.util.Optional;
import localchat.core.client.SessionEvent.Refusal;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;

/// Own posts that the server has not acknowledged, in the order they were made, and those that
/// failed until somebody tries them again or gives them up. Belongs to the session thread; what is
/// on its way is [PostFlow]'s business.
///
/// Changes are made at once and kept by [#commit]: all since the last one, or none.
interface Outbox {
    /// Posts that may be in here. Reason: half an hour of typing at the server's pace for a
    /// program; a program that makes more must wait for acknowledgements.
    int POSTS_MAX = 100_000;

    /// Characters (UTF-16 units) of all their texts together: at most 64 MiB of memory.
    int CHARACTERS_MAX = 32 * 1024 * 1024;

    /// One own post.
    ///
    /// @param roomId the front end's id of the room
    record Entry(MessageId id, long roomId, EventBody body) {}

    /// One own post and where it stands.
    ///
    /// @param refusal why it failed; empty while it waits
    record Kept(Entry entry, Optional<Refusal> refusal) {}

    /// Adds a post behind the others. Its id is not in here.
    ///
    /// @return why it cannot be taken; then it is not in here
    Optional<Refusal> add(Entry entry);

    /// The post with this id.
    Optional<Kept> find(MessageId id);

    /// A post failed; nothing happens when it is not in here.
    void fail(MessageId id, Refusal refusal);

    /// A failed post waits again, behind the others.
    void retry(MessageId id);

    /// The server has a post; nothing happens when it is not in here. Need not be kept at once: a
    /// post that comes back is sent again with its id, and the server knows it.
    void remove(MessageId id);

    /// Somebody gives a post up.
    void discard(MessageId id);

    /// All posts, in order.
    List<Kept> kept();

    /// Whether something happened that must be kept before anything else is done.
    boolean isUrgent();

    /// Whether something happened that is not kept yet.
    boolean isUnsaved();

    /// Keeps all that happened.
    ///
    /// @return why nothing of it could be kept; it is tried again with the next call
    Optional<Refusal> commit();

    /// This session's server turned out to be another one than that of these posts, which wait for
    /// theirs: they are in here no more, or have failed.
    void turnAway(Refusal refusal);

    /// A room was entered: posts of an earlier history of the server go there under its new id.
    void onEntered(long roomId);

    /// Keeps what happened and ends.
    void close();
}
