package localchat.server.admin;

/// What an invite is to be good for.
///
/// @param uses how many people it lets in, at most [#USES_MAX]; 0: any number
/// @param validSeconds from now, at most [#VALID_SECONDS_MAX]; 0: it does not expire
public record InviteWish(int uses, long validSeconds) {
    /// Most uses that are counted. Reason: more than a server has room for; who wants more wants no
    /// limit.
    public static final int USES_MAX = 100_000;

    /// Longest validity, in seconds: ten years. Reason: no sum of it and a time overflows, and who
    /// wants longer wants no end.
    public static final long VALID_SECONDS_MAX = 10L * 365 * 24 * 3600;

    /// @throws IllegalArgumentException when a number is below 0 or too large; the message is one
    ///   line for a person
    public InviteWish {
        if (uses < 0 || uses > USES_MAX) {
            throw new IllegalArgumentException(
                    "an invite has 1 to " + USES_MAX + " uses, or 0 for any number, not " + uses);
        }
        if (validSeconds < 0 || validSeconds > VALID_SECONDS_MAX) {
            throw new IllegalArgumentException(
                    "an invite is valid for at most ten years, or 0 for ever");
        }
    }
}
