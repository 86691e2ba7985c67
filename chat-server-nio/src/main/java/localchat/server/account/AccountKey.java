package localchat.server.account;

import localchat.core.model.Digest32;
import localchat.core.model.UserName;

/// Names what is kept no more. What does not exist is not missed.
public sealed interface AccountKey {
    /// The name, in any case.
    record Name(UserName name) implements AccountKey {}

    /// The device.
    record Device(Digest32 deviceId) implements AccountKey {}

    /// The invite with this id.
    record Invite(String id) implements AccountKey {}

    /// The ban of this person.
    record Ban(long userId) implements AccountKey {}

    /// The mute of this person in this room.
    record Mute(long userId, long roomId) implements AccountKey {}

    /// The block.
    record Block(long userId, long blockedId) implements AccountKey {}

    /// The person with everything that is kept of it: names, devices, ban, mutes and blocks, also
    /// those by others. What the person has posted stays.
    record Person(long userId) implements AccountKey {}
}
