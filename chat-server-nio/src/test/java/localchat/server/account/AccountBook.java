package localchat.server.account;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import localchat.core.model.Digest32;

/// What is kept of people, as a store must have it in the end: in memory, without a disk.
public final class AccountBook {
    private record Pair(long one, long other) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair that) {
            return Comparator.comparingLong(Pair::one)
                    .thenComparingLong(Pair::other)
                    .compare(this, that);
        }
    }

    private final Map<Long, AccountRecord.Person> people = new TreeMap<>();
    private final Map<String, AccountRecord.Name> names = new TreeMap<>();
    private final Map<String, AccountRecord.Device> devices = new TreeMap<>();
    private final Map<String, AccountRecord.Invite> invites = new TreeMap<>();
    private final Map<Long, AccountRecord.Ban> bans = new TreeMap<>();
    private final Map<Pair, AccountRecord.Mute> mutes = new TreeMap<>();
    private final Map<Pair, AccountRecord.Block> blocks = new TreeMap<>();
    private Optional<Digest32> adminCode = Optional.empty();

    /// Each list in the order of its keys.
    public AccountStore.Kept kept() {
        return new AccountStore.Kept(
                List.copyOf(people.values()),
                List.copyOf(names.values()),
                List.copyOf(devices.values()),
                List.copyOf(invites.values()),
                List.copyOf(bans.values()),
                List.copyOf(mutes.values()),
                List.copyOf(blocks.values()),
                adminCode);
    }

    /// Takes in all of another one.
    public void putAll(AccountBook other) {
        AccountStore.Kept kept = other.kept();
        kept.people().forEach(this::put);
        kept.names().forEach(this::put);
        kept.devices().forEach(this::put);
        kept.invites().forEach(this::put);
        kept.bans().forEach(this::put);
        kept.mutes().forEach(this::put);
        kept.blocks().forEach(this::put);
        adminCode = kept.adminCode();
    }

    public boolean hasPerson(long userId) {
        return people.containsKey(userId);
    }

    /// See [AccountStore#put].
    public void put(AccountRecord record) {
        switch (record) {
            case AccountRecord.Person person -> people.put(person.userId(), person);
            case AccountRecord.Name name -> names.put(name.name().folded(), name);
            case AccountRecord.Device device -> devices.put(device.deviceId().toString(), device);
            case AccountRecord.Invite invite -> invites.put(invite.id(), invite);
            case AccountRecord.Ban ban -> bans.put(ban.userId(), ban);
            case AccountRecord.Mute mute -> mutes.put(new Pair(mute.userId(), mute.roomId()), mute);
            case AccountRecord.Block block ->
                    blocks.put(new Pair(block.userId(), block.blockedId()), block);
        }
    }

    /// See [AccountStore#remove].
    public void remove(AccountKey key) {
        switch (key) {
            case AccountKey.Name name -> names.remove(name.name().folded());
            case AccountKey.Device device -> devices.remove(device.deviceId().toString());
            case AccountKey.Invite invite -> invites.remove(invite.id());
            case AccountKey.Ban ban -> bans.remove(ban.userId());
            case AccountKey.Mute mute -> mutes.remove(new Pair(mute.userId(), mute.roomId()));
            case AccountKey.Block block ->
                    blocks.remove(new Pair(block.userId(), block.blockedId()));
            case AccountKey.Person(long userId) -> {
                people.remove(userId);
                names.values().removeIf(name -> name.userId() == userId);
                devices.values().removeIf(device -> device.userId() == userId);
                bans.remove(userId);
                mutes.values().removeIf(mute -> mute.userId() == userId);
                blocks.values()
                        .removeIf(block -> block.userId() == userId || block.blockedId() == userId);
            }
        }
    }

    /// See [AccountStore#adminCode].
    public void adminCode(Optional<Digest32> hash) {
        adminCode = hash;
    }
}
