package localchat.core.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import localchat.core.model.Role;

/// What moderators and administrators do, and owners in their private rooms; refused with FORBIDDEN
/// to others. Any thread may call its methods; the futures are as those of [ChatSession].
///
/// A reason has at most 256 bytes of UTF-8 and may be empty. A duration counts in whole seconds.
public interface Moderation {
    /// In place of a room's id: the whole server.
    long EVERYWHERE = 0;

    /// Sends somebody out of a room.
    ///
    /// @param roomId or [#EVERYWHERE]
    CompletableFuture<Boolean> kick(long userId, long roomId, String reason);

    /// Lets somebody post nothing for a while.
    ///
    /// @param roomId or [#EVERYWHERE]
    /// @param duration at least a second
    CompletableFuture<Boolean> mute(long userId, long roomId, Duration duration, String reason);

    /// Undoes [#mute].
    CompletableFuture<Boolean> unmute(long userId, long roomId);

    /// Sends somebody out and lets none of their devices in.
    ///
    /// @param duration zero: for ever
    CompletableFuture<Boolean> ban(long userId, Duration duration, String reason);

    /// Undoes [#ban].
    CompletableFuture<Boolean> unban(long userId);

    /// Gives somebody a role.
    CompletableFuture<Boolean> setRole(long userId, Role role);

    /// Takes a name from whom it belongs to and no longer uses it.
    ///
    /// @param name as it was given; it need not be one that is allowed today
    CompletableFuture<Boolean> releaseName(String name);

    /// Somebody's devices.
    CompletableFuture<List<DeviceInfo>> devicesOf(long userId);

    /// Makes a code that admits newcomers.
    ///
    /// @param uses how many it admits; 0: any number
    /// @param valid zero: for ever
    CompletableFuture<SecretCode> createInvite(int uses, Duration valid);

    /// The codes there are, the newest first.
    CompletableFuture<List<InviteInfo>> invites();

    /// Makes a code admit nobody any more.
    CompletableFuture<Boolean> revokeInvite(String inviteId);
}
