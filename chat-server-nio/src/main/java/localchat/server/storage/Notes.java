package localchat.server.storage;

import java.util.LinkedHashMap;
import java.util.List;
import localchat.core.model.Digest32;
import localchat.core.model.UserName;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;

/// Notes that wait, in their order. What is said of an account anew takes the place of what was
/// said of it before, at the end of the order: however often something changes while nothing can be
/// written, it waits once. Belongs to whoever has it.
final class Notes {
    /// What a note is about; of those about the same the last one counts.
    ///
    /// @param of the kind of thing, and whether it comes or goes where that matters
    private record Subject(Class<?> of, Object id, long other) {}

    private final LinkedHashMap<Object, Note> waiting = new LinkedHashMap<>();

    void add(Note note) {
        Object subject = subject(note);
        waiting.remove(subject);
        if (note instanceof Note.Gone(long _, AccountKey.Person(long userId))) {
            waiting.remove(new Subject(AccountRecord.Person.class, userId, 0));
        }
        waiting.put(subject, note);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// All of them, in their order.
    List<Note> all() {
        return List.copyOf(waiting.values());
    }

    void clear() {
        waiting.clear();
    }

    private static Object subject(Note note) {
        return switch (note) {
            case Note.Kept kept -> subject(kept.record());
            case Note.Gone gone -> subject(gone.key());
            case Note.AdminCode _ -> new Subject(Note.AdminCode.class, "", 0);
            // These come once each, and each of them counts.
            case Note.Room _, Note.Newcomer _, Note.Reservation _ -> new Object();
        };
    }

    private static Subject subject(AccountRecord record) {
        return switch (record) {
            case AccountRecord.Person person ->
                    new Subject(AccountRecord.Person.class, person.userId(), 0);
            case AccountRecord.Name name -> ofName(name.name());
            case AccountRecord.Device device ->
                    new Subject(AccountRecord.Device.class, device.deviceId(), 0);
            case AccountRecord.Invite invite ->
                    new Subject(AccountRecord.Invite.class, invite.id(), 0);
            case AccountRecord.Ban ban -> new Subject(AccountRecord.Ban.class, ban.userId(), 0);
            case AccountRecord.Mute(long userId, long roomId, long _) ->
                    new Subject(AccountRecord.Mute.class, userId, roomId);
            case AccountRecord.Block(long userId, long blockedId) ->
                    new Subject(AccountRecord.Block.class, userId, blockedId);
        };
    }

    private static Subject subject(AccountKey key) {
        return switch (key) {
            case AccountKey.Name(UserName name) -> ofName(name);
            case AccountKey.Device(Digest32 deviceId) ->
                    new Subject(AccountRecord.Device.class, deviceId, 0);
            case AccountKey.Invite(String id) -> new Subject(AccountRecord.Invite.class, id, 0);
            case AccountKey.Ban(long userId) -> new Subject(AccountRecord.Ban.class, userId, 0);
            case AccountKey.Mute(long userId, long roomId) ->
                    new Subject(AccountRecord.Mute.class, userId, roomId);
            case AccountKey.Block(long userId, long blockedId) ->
                    new Subject(AccountRecord.Block.class, userId, blockedId);
            // A person who is put in again has not kept what went with the removal.
            case AccountKey.Person(long userId) -> new Subject(AccountKey.Person.class, userId, 0);
        };
    }

    private static Subject ofName(UserName name) {
        return new Subject(AccountRecord.Name.class, name.folded(), 0);
    }
}
