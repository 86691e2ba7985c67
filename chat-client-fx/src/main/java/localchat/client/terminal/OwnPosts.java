package localchat.client.terminal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;

/// What was posted and is not stored: waiting, on its way or refused, in the order of posting.
/// Belongs to the owning thread. The session bounds how many there can be.
final class OwnPosts {
    private final Map<MessageId, Post> posts = new LinkedHashMap<>();

    /// One of them.
    ///
    /// @param failed whether the server refused it
    record Post(MessageId id, long roomId, EventBody body, boolean failed) {
        /// What was written; empty for a post without a text of its own.
        String text() {
            return switch (body) {
                case EventBody.Message message -> message.text().value();
                case EventBody.Edit edit -> edit.text().value();
                case EventBody.Topic topic -> topic.topic().value();
                case EventBody.Rename rename -> rename.name().value();
                case EventBody.Reaction reaction -> reaction.emoji().value();
                case EventBody.Membership membership -> membership.userName().value();
                case EventBody.Delete(long target) -> "#" + target;
                case EventBody.Pin pin -> "#" + pin.targetSeq();
                case EventBody.Settings _,
                        EventBody.Moderation _,
                        EventBody.Tombstone _,
                        EventBody.Unknown _ ->
                        "";
            };
        }
    }

    /// It was posted, by this run or an earlier one.
    void add(Post post) {
        posts.put(post.id(), post);
    }

    /// It is stored, or taken back.
    void remove(MessageId id) {
        posts.remove(id);
    }

    /// It was refused.
    ///
    /// @return what it was, if it is remembered
    Optional<Post> fail(MessageId id) {
        return Optional.ofNullable(
                posts.computeIfPresent(
                        id, (_, post) -> new Post(id, post.roomId(), post.body(), true)));
    }

    /// It is tried once more.
    void retry(Post failed) {
        posts.put(failed.id(), new Post(failed.id(), failed.roomId(), failed.body(), false));
    }

    /// Those that were refused.
    List<Post> failed() {
        return posts.values().stream().filter(Post::failed).toList();
    }

    /// Those of a room.
    List<Post> ofRoom(long roomId) {
        return posts.values().stream().filter(post -> post.roomId() == roomId).toList();
    }

    /// Those that the server has neither taken nor refused.
    int waiting() {
        return (int) posts.values().stream().filter(post -> !post.failed()).count();
    }
}
