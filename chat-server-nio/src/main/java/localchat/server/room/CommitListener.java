package localchat.server.room;

/// Hears of every decision of the log. Called on the loop thread.
public interface CommitListener {
    /// A group of posts was decided together; [#onPostDecided] follows for each of them.
    default void onCommit() {}

    /// A post was decided. Called in the order in which the log decided.
    void onPostDecided(PostOutcome outcome);
}
