package localchat.server.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import localchat.core.model.Availability;
import localchat.core.model.Digest32;
import localchat.core.model.Person;
import localchat.core.model.PresenceKind;
import localchat.core.protocol.EncodedFrame;
import localchat.server.account.Account;
import localchat.server.account.Accounts;
import localchat.server.room.Faces;

/// Who is here now, each with one session for every device. Belongs to the loop thread.
public final class People implements Faces {
    /// People who left whose allowance of posts is remembered. Reason: 1 MB; a new login does not
    /// fill it up.
    private static final int LEFT_MAX = 10_000;

    /// Somebody who is here.
    private static final class Presence {
        private final RateLimit postLimit;
        private final List<Session> sessions = new ArrayList<>(1);
        private Person person;

        Presence(Person person, RateLimit postLimit) {
            this.person = person;
            this.postLimit = postLimit;
        }
    }

    private final Accounts accounts;
    private final Supplier<RateLimit> newPostLimit;
    private final Map<Long, Presence> here = new HashMap<>();
    private final TreeMap<String, Presence> byName = new TreeMap<>();
    private final LinkedHashMap<Long, RateLimit> left = new LinkedHashMap<>();

    /// @param newPostLimit makes the allowance of posts of somebody new
    public People(Accounts accounts, Supplier<RateLimit> newPostLimit) {
        this.accounts = accounts;
        this.newPostLimit = newPostLimit;
    }

    /// What is known of a person, here or not.
    Optional<Account> account(long userId) {
        return accounts.byId(userId);
    }

    /// The sessions of a person, none when the person is not here.
    List<Session> sessions(long userId) {
        Presence presence = here.get(userId);
        return presence == null ? List.of() : List.copyOf(presence.sessions);
    }

    /// The session of a device of this person.
    Optional<Session> session(long userId, Digest32 device) {
        return sessions(userId).stream()
                .filter(session -> session.device().filter(device::equals).isPresent())
                .findFirst();
    }

    /// Somebody as others see them now.
    @Override
    public Optional<Person> find(long userId) {
        Presence presence = here.get(userId);
        if (presence != null) {
            return Optional.of(presence.person);
        }
        return accounts.byId(userId).map(account -> person(account, Availability.OFFLINE));
    }

    private static Person person(Account account, Availability availability) {
        return new Person(account.userId(), account.name(), account.role(), availability);
    }

    /// A session of this person begins.
    ///
    /// @return the person's allowance of posts
    RateLimit enter(Session session, Account account) {
        Presence presence = here.get(account.userId());
        if (presence == null) {
            RateLimit before = left.remove(account.userId());
            presence =
                    new Presence(
                            person(account, Availability.ONLINE),
                            before == null ? newPostLimit.get() : before);
            here.put(account.userId(), presence);
            byName.put(presence.person.name().folded(), presence);
        }
        presence.sessions.add(session);
        return presence.postLimit;
    }

    /// A session ends.
    void leave(Session session, long userId) {
        Presence presence = here.get(userId);
        if (presence == null || !presence.sessions.remove(session)) {
            return;
        }
        if (presence.sessions.isEmpty()) {
            here.remove(userId);
            byName.remove(presence.person.name().folded(), presence);
            left.putLast(userId, presence.postLimit);
            if (left.size() > LEFT_MAX) {
                left.pollFirstEntry();
            }
        } else {
            onAvailability(userId);
        }
    }

    /// A device of this person is in use or not: the person is here as long as one is.
    void onAvailability(long userId) {
        Presence presence = here.get(userId);
        if (presence == null) {
            return;
        }
        boolean online =
                presence.sessions.stream()
                        .anyMatch(session -> session.availability() == Availability.ONLINE);
        Availability now = online ? Availability.ONLINE : Availability.AWAY;
        if (presence.person.availability() != now) {
            Person before = presence.person;
            tell(
                    presence,
                    new Person(before.userId(), before.name(), before.role(), now),
                    PresenceKind.AVAILABILITY_CHANGED);
        }
    }

    /// The account of somebody has another role.
    void onRole(Account account) {
        Presence presence = here.get(account.userId());
        if (presence != null) {
            tell(
                    presence,
                    person(account, presence.person.availability()),
                    PresenceKind.ROLE_CHANGED);
        }
    }

    /// The account of somebody has another name.
    void onRenamed(Account account) {
        Presence presence = here.get(account.userId());
        if (presence != null) {
            byName.remove(presence.person.name().folded(), presence);
            byName.put(account.name().folded(), presence);
            tell(presence, person(account, presence.person.availability()), PresenceKind.RENAMED);
        }
    }

    private static void tell(Presence presence, Person now, PresenceKind kind) {
        presence.person = now;
        presence.sessions.forEach(session -> session.onPersonChanged(now, kind));
    }

    /// People here now.
    public int online() {
        return here.size();
    }

    /// People here whose folded name comes after `after` (empty: from the first), in that order.
    List<Person> list(Optional<String> after, int limit) {
        return after.map(name -> byName.tailMap(name, false)).orElse(byName).values().stream()
                .limit(limit)
                .map(presence -> presence.person)
                .toList();
    }

    /// Queues a frame for every session that does not lag.
    void offerToAll(EncodedFrame frame) {
        for (Presence presence : here.values()) {
            presence.sessions.forEach(session -> session.connection().offer(frame));
        }
    }
}
