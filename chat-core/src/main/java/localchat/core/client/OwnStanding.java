package localchat.core.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import localchat.core.model.Person;
import localchat.core.model.UserName;

/// Who the user is on this server, and whom they have blocked; tells when that changes. Belongs to
/// the session thread.
final class OwnStanding {
    /// People that may be blocked, and so are remembered. Reason: the server tells no more.
    static final int BLOCKED_MAX = 1_000;

    private final Ear ear;
    private Optional<Person> self = Optional.empty();
    private Set<Long> blocked = Set.of();

    OwnStanding(Ear ear) {
        this.ear = ear;
    }

    /// The user's id; 0 before the first login.
    long selfId() {
        return self.map(Person::userId).orElse(0L);
    }

    /// The name to log in with again; empty before the first login.
    Optional<UserName> name() {
        return self.map(Person::name);
    }

    /// Logged in; [SessionEvent.Connected] tells of the person.
    void onConnected(Admission admission) {
        self = Optional.of(admission.self());
        onBlocked(admission.blockedIds());
    }

    /// Something changed about somebody, perhaps the user.
    void onPerson(Person person) {
        if (person.userId() == selfId()) {
            change(person);
        }
    }

    /// The server took the user's wish for another name.
    void onRenamed(UserName name) {
        self.ifPresent(person ->
                change(
                        new Person(
                                person.userId(),
                                name,
                                person.role(),
                                person.availability(),
                                person.keyPrefix())));
    }

    private void change(Person person) {
        boolean isNew =
                self.filter(known ->
                                known.name().equals(person.name()) && known.role() == person.role())
                        .isEmpty();
        self = Optional.of(person);
        if (isNew) {
            ear.tell(new SessionEvent.SelfChanged(person));
        }
    }

    /// Whom the user has blocked now.
    void onBlocked(List<Long> userIds) {
        Set<Long> now = new LinkedHashSet<>();
        userIds.stream().filter(userId -> userId > 0).limit(BLOCKED_MAX).forEach(now::add);
        if (!now.equals(blocked)) {
            blocked = now;
            ear.tell(new SessionEvent.BlockedChanged(now));
        }
    }
}
