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
import localchat.server.room.Directory;

/// Who has been here and who is here now: user ids by name, sessions by device. Belongs to the loop
/// thread.
public final class People {
    /// Names of people who left nothing behind that are remembered with their user ids; past it the
    /// one not seen for longest is forgotten. Reason: 10 MB; ten times the people one node is built
    /// for.
    private static final int PASSING_MAX = 100_000;

    /// People who left something behind. One more is refused at login. Reason: 40 MB; twenty times
    /// the people one node is built for.
    static final int KEPT_MAX = 200_000;

    /// What is remembered of a person who was here: it outlives the session.
    static final class Account {
        private final long userId;
        private final UserName name;
        private final RateLimit postLimit;
        private boolean kept;

        private Account(long userId, UserName name, RateLimit postLimit) {
            this.userId = userId;
            this.name = name;
            this.postLimit = postLimit;
        }

        long userId() {
            return userId;
        }

        /// The name as it was first written.
        UserName name() {
            return name;
        }

        /// The allowance of posts, which a new login does not fill up.
        RateLimit postLimit() {
            return postLimit;
        }

        /// Whether the directory has the person: whoever did nothing that lasts is not kept.
        boolean isKept() {
            return kept;
        }
    }

    private final Directory directory;
    private final Supplier<RateLimit> newPostLimit;

    /// Those not kept, by folded name, the one not seen for longest first.
    private final LinkedHashMap<String, Account> passing = new LinkedHashMap<>();

    private final Map<String, Account> kept = new HashMap<>();
    private final Map<Long, Account> byId = new HashMap<>();
    private final TreeMap<String, Session> byName = new TreeMap<>();
    private final Map<Digest32, Session> byDevice = new HashMap<>();

    /// @param newPostLimit makes the allowance of posts of somebody new
    public People(Directory directory, Supplier<RateLimit> newPostLimit) {
        this.directory = directory;
        this.newPostLimit = newPostLimit;
        for (Directory.KeptPerson person : directory.people()) {
            Account account = new Account(person.userId(), person.name(), newPostLimit.get());
            account.kept = true;
            kept.put(person.name().folded(), account);
            byId.put(person.userId(), account);
        }
    }

    /// The session of the person with this name who is here now.
    Optional<Session> online(UserName name) {
        return Optional.ofNullable(byName.get(name.folded()));
    }

    /// The session of this person, who may be here now.
    Optional<Session> online(long userId) {
        return account(userId).flatMap(account -> online(account.name()));
    }

    /// The session of this device that is here now.
    Optional<Session> online(Digest32 device) {
        return Optional.ofNullable(byDevice.get(device));
    }

    /// What is known of a person.
    Optional<Account> account(long userId) {
        return Optional.ofNullable(byId.get(userId));
    }

    /// Whether somebody with a name not known yet is one too many.
    boolean isFull() {
        return kept.size() >= KEPT_MAX;
    }

    /// Whether this name, in any case, is known.
    boolean knows(UserName name) {
        return kept.containsKey(name.folded()) || passing.containsKey(name.folded());
    }

    /// What belongs to this name, in any case.
    Account account(UserName name) {
        String folded = name.folded();
        Account known = kept.get(folded);
        if (known != null) {
            return known;
        }
        Account account = passing.remove(folded);
        if (account == null) {
            account = new Account(directory.newUserId(), name, newPostLimit.get());
            byId.put(account.userId, account);
        }
        passing.put(folded, account);
        if (passing.size() > PASSING_MAX) {
            forgetOldest();
        }
        return account;
    }

    private void forgetOldest() {
        Map.Entry<String, Account> oldest = passing.pollFirstEntry();
        if (byName.containsKey(oldest.getKey())) {
            passing.put(oldest.getKey(), oldest.getValue());
        } else {
            byId.remove(oldest.getValue().userId);
        }
    }

    /// Somebody does what lasts: is kept from now on, before it.
    void keep(long userId) {
        Account account = byId.get(userId);
        if (account != null && !account.kept) {
            account.kept = true;
            passing.remove(account.name.folded());
            kept.put(account.name.folded(), account);
            directory.addPerson(new Directory.KeptPerson(userId, account.name));
        }
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
