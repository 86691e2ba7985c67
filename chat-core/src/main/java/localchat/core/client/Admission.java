package localchat.core.client;

import java.util.List;
import localchat.core.model.Id128;
import localchat.core.model.Person;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.Welcome;

/// What a server said when it let this device in.
///
/// @param history whose past this is: another one makes what was cached worthless
/// @param serverTimeMillis its clock when it said so
/// @param rooms the user's private rooms and direct messages
/// @param blockedIds user ids of whom the user has blocked
record Admission(
        History history,
        Person self,
        String serverName,
        long serverTimeMillis,
        Limits limits,
        List<Room> rooms,
        List<Long> blockedIds) {
    /// Copies the lists.
    Admission {
        rooms = List.copyOf(rooms);
        blockedIds = List.copyOf(blockedIds);
    }

    /// The past of one server. Seqs mean the same only within one.
    record History(Id128 serverId, Id128 epoch) {}

    static Admission of(Welcome welcome) throws MalformedFrameException {
        return new Admission(
                new History(
                        WireDecoding.id128("welcome.server_id", welcome.getServerId()),
                        WireDecoding.id128("welcome.epoch", welcome.getEpoch())),
                WireDecoding.person(welcome.getUser()),
                welcome.getServerName(),
                welcome.getServerTimeMs(),
                welcome.getLimits(),
                welcome.getRoomsList(),
                welcome.getBlockedUserIdsList());
    }
}
