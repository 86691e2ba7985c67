package localchat.core.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import localchat.core.model.Digest32;
import localchat.core.model.UserName;

/// What belongs to the user: a name, devices, codes, and whom they want to see nothing of. Any
/// thread may call its methods; the futures are as those of [ChatSession].
public interface OwnAccount {
    /// Takes another name, also for the logins to come. [SessionEvent.SelfChanged] tells it.
    CompletableFuture<Boolean> changeName(UserName name);

    /// The user's devices.
    CompletableFuture<List<DeviceInfo>> devices();

    /// Ends a device's right to log in; an administrator may name somebody else's.
    CompletableFuture<Boolean> revokeDevice(Digest32 deviceId);

    /// Ends the right to log in of all of the user's devices but this one.
    CompletableFuture<Boolean> signOutOthers();

    /// A code that lets one further device in, for a short time.
    CompletableFuture<SecretCode> deviceCode();

    /// A code to be written down, for the day when no device is left. The one before counts no
    /// more.
    CompletableFuture<SecretCode> recoveryCode();

    /// Wants to see nothing of somebody. [SessionEvent.BlockedChanged] tells it, on all devices of
    /// the user.
    CompletableFuture<Boolean> block(long userId);

    /// Undoes [#block].
    CompletableFuture<Boolean> unblock(long userId);
}
