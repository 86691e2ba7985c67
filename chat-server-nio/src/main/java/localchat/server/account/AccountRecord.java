package localchat.server.account;

import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.core.model.Role;
import localchat.core.model.UserName;

/// One thing that is kept of people. Times are milliseconds since 1970-01-01T00:00:00Z.
public sealed interface AccountRecord {
    /// A person.
    ///
    /// @param name what the person is called now
    /// @param firstDevice the device with which it began; [#UNKNOWN_DEVICE] of a person who was
    ///   here before devices were kept: the name belongs to the person and the person has no
    ///   device, and the first device that comes with the name takes it over
    /// @param recoveryCode hash of the code with which a further device can be added; see [Codes]
    record Person(
            long userId,
            UserName name,
            Role role,
            Digest32 firstDevice,
            Optional<Digest32> recoveryCode)
            implements AccountRecord {
        /// No device: 32 zero bytes.
        public static final Digest32 UNKNOWN_DEVICE = new Digest32(new byte[Digest32.BYTES]);
    }

    /// A name that belongs to a person: the one now, or one before.
    ///
    /// @param sinceMillis when the person took it last
    record Name(UserName name, long userId, long sinceMillis) implements AccountRecord {}

    /// A device of a person.
    ///
    /// @param deviceName what it calls itself, at most 64 bytes of UTF-8
    /// @param clientName the program that it uses, at most 64 bytes of UTF-8
    /// @param revoked it may not log in any more
    record Device(
            Digest32 deviceId,
            long userId,
            String deviceName,
            String clientName,
            long firstSeenMillis,
            long lastSeenMillis,
            boolean revoked)
            implements AccountRecord {}

    /// A code that lets newcomers in.
    ///
    /// @param id names it in lists; no secret
    /// @param code hash of the code; see [Codes]
    /// @param usesLeft people it still admits; below 0: any number
    /// @param expiresMillis from then on it admits nobody; 0: never
    /// @param createdBy user id; 0: the operator
    record Invite(
            String id,
            Digest32 code,
            int usesLeft,
            long expiresMillis,
            long createdBy,
            long createdMillis,
            boolean revoked)
            implements AccountRecord {}

    /// A person who may not log in.
    ///
    /// @param untilMillis its end; 0: none
    /// @param reason at most 256 bytes of UTF-8
    /// @param bannedBy user id; 0: the operator
    record Ban(long userId, long untilMillis, String reason, long bannedBy)
            implements AccountRecord {}

    /// A person who may not post.
    ///
    /// @param roomId where; 0: on the whole server
    /// @param untilMillis its end
    record Mute(long userId, long roomId, long untilMillis) implements AccountRecord {}

    /// A person who wants to hear nothing of another one.
    record Block(long userId, long blockedId) implements AccountRecord {}
}
