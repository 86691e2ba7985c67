package localchat.server.oracle;

/// A rule that was broken, with the evidence.
public record Violation(Rule rule, String evidence) {
    /// The rules of a reliable chat. V7, that the server is alive and as large as before, is seen
    /// by whoever made the run.
    public enum Rule {
        /// What was acknowledged is stored exactly once, where the acknowledgement said.
        V1,
        /// No id is stored twice.
        V2,
        /// The seqs of a room are 1 to N without a hole, and everybody has the same under each.
        V3,
        /// What one sender sent to one room stands there in the order of sending.
        V4,
        /// What was not acknowledged is stored once or not at all, and then as it was sent.
        V5,
        /// Nobody was told of anything that is not stored.
        V6
    }

    @Override
    public String toString() {
        return rule + ": " + evidence;
    }
}
