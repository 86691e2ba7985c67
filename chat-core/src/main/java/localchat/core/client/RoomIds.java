package localchat.core.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A room's id as this session's front end knows it, and as the server knows it now. They are the
/// same until the server's history changes: then a room of the same name may come back with another
/// id, and another room with its old one. The front end's id stays, so that nothing it posts can
/// reach the wrong room. Belongs to the session thread. Remembers the rooms that were entered, and
/// those whose id was taken.
final class RoomIds {
    /// Front end's ids for rooms whose own id is another room's already. Servers count from 1.
    private static final long MADE_HERE = 1L << 62;

    private final Map<Long, Long> toLocal = new HashMap<>();
    private final Map<Long, Long> toWire = new HashMap<>();
    private final Set<Long> used = new HashSet<>();
    private long made;

    /// The front end's id of any room that the server names.
    long localOf(long wireId) {
        Long known = toLocal.get(wireId);
        if (known != null) {
            return known;
        }
        if (!used.contains(wireId)) {
            return wireId;
        }
        long local = MADE_HERE + made++;
        bind(wireId, local);
        return local;
    }

    /// The front end's id for a room of an earlier run, which had this id of the server's then.
    long take(long formerWireId) {
        long local = used.contains(formerWireId) ? MADE_HERE + made++ : formerWireId;
        used.add(local);
        return local;
    }

    /// The front end's id of a room that was entered, on this history of the server.
    Optional<Long> boundLocalOf(long wireId) {
        return Optional.ofNullable(toLocal.get(wireId));
    }

    /// The server's id of a room; empty when the server has not named it since its history changed.
    Optional<Long> wireOf(long localId) {
        Long known = toWire.get(localId);
        if (known == null && !used.contains(localId) && localId < MADE_HERE) {
            return Optional.of(localId);
        }
        return Optional.ofNullable(known);
    }

    /// This room of the server's is that one of the front end's.
    void bind(long wireId, long localId) {
        Long formerLocal = toLocal.put(wireId, localId);
        if (formerLocal != null && formerLocal != localId) {
            toWire.remove(formerLocal, wireId);
        }
        Long formerWire = toWire.put(localId, wireId);
        if (formerWire != null && formerWire != wireId) {
            toLocal.remove(formerWire, localId);
        }
        used.add(localId);
    }

    /// The server's ids mean nothing any more; the front end's go on.
    void forgetServer() {
        toLocal.clear();
        toWire.clear();
    }
}
