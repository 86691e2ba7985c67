package localchat.core.client;

/// A code that admits newcomers, without the code itself, which was shown once.
///
/// @param id what [Moderation#revokeInvite] names it by
/// @param usesLeft how many it still admits; 0: any number
/// @param expiresMillis its end, milliseconds since 1970-01-01T00:00:00Z; 0: none
/// @param createdById user id of who made it
/// @param revoked whether it admits nobody any more
public record InviteInfo(
        String id, int usesLeft, long expiresMillis, long createdById, boolean revoked) {}
