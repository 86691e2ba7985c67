package localchat.server.room;

/// Hears how posts were decided. The event of a stored post is the acknowledgement, so there is no
/// call for it here beyond the count.
public interface PostAuthor {
    /// How a post was decided. Called on the loop thread, in the order in which the log decided.
    void onPostDecided(PostOutcome outcome);
}
