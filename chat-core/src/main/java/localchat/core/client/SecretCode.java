package localchat.core.client;

/// A code that the server made, to be shown once to the person who asked for it.
///
/// @param code as it is to be typed
/// @param expiresMillis its end, milliseconds since 1970-01-01T00:00:00Z by the server's clock; 0:
///   none
/// @param link a join link that carries it; "" where that makes no sense
/// @param inviteId what [Moderation#revokeInvite] names it by; "" when it is no invite
public record SecretCode(String code, long expiresMillis, String link, String inviteId) {
    /// Without the code and the link, which are secrets.
    @Override
    public String toString() {
        return "SecretCode[…, expiresMillis=" + expiresMillis + ", inviteId=" + inviteId + "]";
    }
}
