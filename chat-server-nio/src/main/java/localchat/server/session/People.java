package localchat.server.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import localchat.core.model.Digest32;
import localchat.core.model.Person;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;

/// Who has been here and who is here now: user ids by name, sessions by device. Belongs to the loop
/// thread.
public final class People {
    /// Names remembered with their user ids; past it the one not seen for longest is forgotten.
    /// Reason: 10 MB; ten times the people one node is built for.
    private static final int NAMES_MAX = 100_000;

    /// What is remembered of a person who was here: it outlives the session.
    ///
    /// @param postLimit the allowance of posts, which a new login does not fill up
    record Account(long userId, RateLimit postLimit) {}

    private final LinkedHashMap<String, Account> accounts = new LinkedHashMap<>();
    private final Supplier<RateLimit> newPostLimit;
    private final TreeMap<String, Session> byName = new TreeMap<>();
    private final Map<Digest32, Session> byDevice = new HashMap<>();
    private long nextUserId = 1;

    /// @param newPostLimit makes the allowance of posts of somebody new
    public People(Supplier<RateLimit> newPostLimit) {
        this.newPostLimit = newPostLimit;
    }

    /// The session of the person with this name who is here now.
    Optional<Session> online(UserName name) {
        return Optional.ofNullable(byName.get(name.folded()));
    }

    /// The session of this device that is here now.
    Optional<Session> online(Digest32 device) {
        return Optional.ofNullable(byDevice.get(device));
    }

    /// What belongs to this name, in any case.
    Account account(UserName name) {
        String folded = name.folded();
        Account account = accounts.remove(folded);
        if (account == null) {
            account = new Account(nextUserId++, newPostLimit.get());
        }
        accounts.put(folded, account);
        if (accounts.size() > NAMES_MAX) {
            accounts.pollFirstEntry();
        }
        return account;
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
        return after.map(name -> byName.tailMap(name, false)).orElse(byName).values().stream()
                .limit(limit)
                .flatMap(session -> session.person().stream())
                .toList();
    }

    /// Queues a frame for everyone here who does not lag.
    void offerToAll(EncodedFrame frame) {
        byName.values().forEach(session -> session.connection().offer(frame));
    }
}
