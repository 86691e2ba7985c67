package localchat.server.room;

/// Hears of every decision of the log.
public interface CommitListener {
    /// A post was decided. Called on the loop thread, in the order in which the log decided.
    void onPostDecided(PostOutcome outcome);
}
