package localchat.core.client;

import localchat.core.model.Digest32;

/// A device by which somebody logs in.
///
/// @param id the digest of its public key
/// @param name what it calls itself; may be empty
/// @param clientName its program; may be empty
/// @param firstSeenMillis its first login, milliseconds since 1970-01-01T00:00:00Z
/// @param lastSeenMillis when it was last connected
/// @param online whether it is connected now
/// @param current whether it is this one
public record DeviceInfo(
        Digest32 id,
        String name,
        String clientName,
        long firstSeenMillis,
        long lastSeenMillis,
        boolean online,
        boolean current) {}
