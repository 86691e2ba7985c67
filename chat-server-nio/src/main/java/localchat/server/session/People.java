package localchat.server.session;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.core.model.Person;
import localchat.core.model.UserName;

/// Who has been here and who is here now: user ids by name, sessions by device. Belongs to the loop
/// thread.
public final class People {
    /// Names remembered with their user ids; past it the one not seen for longest is forgotten.
    /// Reason: 10 MB; ten times the people one node is built for.
    private static final int NAMES_MAX = 100_000;

    private final LinkedHashMap<String, Long> userIds = new LinkedHashMap<>();
    private final Map<String, Session> byName = new HashMap<>();
    private final Map<Digest32, Session> byDevice = new HashMap<>();
    private long nextUserId = 1;

    /// The session of the person with this name who is here now.
    Optional<Session> online(UserName name) {
        return Optional.ofNullable(byName.get(name.folded()));
    }

    /// The session of this device that is here now.
    Optional<Session> online(Digest32 device) {
        return Optional.ofNullable(byDevice.get(device));
    }

    /// The user id that belongs to this name, in any case.
    long userId(UserName name) {
        String folded = name.folded();
        Long known = userIds.remove(folded);
        long id = known == null ? nextUserId++ : known;
        userIds.put(folded, id);
        if (userIds.size() > NAMES_MAX) {
            userIds.pollFirstEntry();
        }
        return id;
    }

    void enter(Session session, UserName name, Digest32 device) {
        byName.put(name.folded(), session);
        byDevice.put(device, session);
    }

    void leave(Session session, UserName name, Digest32 device) {
        byName.remove(name.folded(), session);
        byDevice.remove(device, session);
    }

    /// People here now.
    public int online() {
        return byName.size();
    }

    /// People here whose folded name comes after `after` (empty: from the first), in that order.
    List<Person> list(Optional<String> after, int limit) {
        return byName.entrySet().stream()
                .filter(entry -> after.isEmpty() || entry.getKey().compareTo(after.get()) > 0)
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .limit(limit)
                .flatMap(entry -> entry.getValue().person().stream())
                .toList();
    }
}
