package localchat.core.client;

/// A code that admits newcomers, without the code itself, which was shown once.
///
/// @param id what [Moderation#revokeInvite] names it by
/// @param anyNumber whether it admits as many as come; then `usesLeft` says nothing
/// @param usesLeft how many it still admits
/// @param expiresMillis its end, milliseconds since 1970-01-01T00:00:00Z; 0: none
/// @param createdById user id of who made it; 0: the operator, at the server's console
/// @param revoked whether it admits nobody any more
public record InviteInfo(
        String id,
        boolean anyNumber,
        int usesLeft,
        long expiresMillis,
        long createdById,
        boolean revoked) {}
