package localchat.server.account;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may not come in or not speak, and who wants to hear nothing of whom. Times are milliseconds
/// since 1970-01-01T00:00:00Z. Belongs to the loop thread.
public final class Restraints {
    /// How long somebody who was sent out stays out, in milliseconds. Reason: long enough to be
    /// noticed, short enough to be no ban.
    public static final long KICK_MILLIS = 60_000;

    /// How long nobody new is let in from where somebody was who is banned, in milliseconds.
    /// Reason: a new key costs a program nothing; an afternoon costs a person patience.
    public static final long COOLING_MILLIS = 4 * 3_600_000L;

    /// Longest mute or ban with an end, in milliseconds: ten years.
    public static final long LONGEST_MILLIS = 10L * 365 * 86_400_000;

    /// People whom one person can block. Reason: whoever blocks more is in the wrong room.
    public static final int BLOCKED_MAX = 1_000;

    /// Kicks and addresses that are remembered, each. Reason: 2 MB; the oldest gives way.
    static final int REMEMBERED_MAX = 10_000;

    private record Place(long userId, long roomId) {}

    private final AccountStore store;
    private final Map<Long, AccountRecord.Ban> bans = new HashMap<>();
    private final Map<Place, Long> mutes = new HashMap<>();
    private final Map<Long, Set<Long>> blocks = new HashMap<>();
    private final Recent<Place, Long> kicks = new Recent<>(REMEMBERED_MAX);
    private final Recent<Source, Long> cooling = new Recent<>(REMEMBERED_MAX);

    Restraints(AccountStore store, AccountStore.Kept kept) {
        this.store = store;
        kept.bans().forEach(ban -> bans.put(ban.userId(), ban));
        kept.mutes()
                .forEach(mute ->
                        mutes.put(new Place(mute.userId(), mute.roomId()), mute.untilMillis()));
        kept.blocks().forEach(block -> blocked(block.userId()).add(block.blockedId()));
    }

    /// The ban of this person that holds now.
    public Optional<AccountRecord.Ban> ban(long userId, long nowMillis) {
        return Optional.ofNullable(bans.get(userId))
                .filter(ban -> ban.untilMillis() == 0 || ban.untilMillis() > nowMillis);
    }

    /// This person may not log in.
    public void ban(AccountRecord.Ban ban) {
        bans.put(ban.userId(), ban);
        store.put(ban);
    }

    /// This person may log in.
    ///
    /// @return whether it was banned
    public boolean unban(long userId) {
        boolean was = bans.remove(userId) != null;
        if (was) {
            store.remove(new AccountKey.Ban(userId));
        }
        return was;
    }

    /// Nobody new is let in from there for a while.
    public void cool(Source source, long nowMillis) {
        if (!source.loopback()) {
            cooling.put(source, nowMillis + COOLING_MILLIS);
        }
    }

    /// How long nobody new is let in from there, in milliseconds.
    long coolingMillis(Source source, long nowMillis) {
        return left(cooling.get(source), nowMillis, COOLING_MILLIS);
    }

    /// This person is sent out.
    ///
    /// @param roomId of which room; 0: of the server
    public void kick(long userId, long roomId, long nowMillis) {
        kicks.put(new Place(userId, roomId), nowMillis + KICK_MILLIS);
    }

    /// How long this person stays out, in milliseconds; 0: may come in.
    public long kickedMillis(long userId, long roomId, long nowMillis) {
        return left(kicks.get(new Place(userId, roomId)), nowMillis, KICK_MILLIS);
    }

    /// A clock that was set back makes nothing longer than it was meant.
    private static long left(Optional<Long> untilMillis, long nowMillis, long meantMillis) {
        return Math.clamp(untilMillis.orElse(nowMillis) - nowMillis, 0, meantMillis);
    }

    /// This person may not post until then; at once when that is past.
    ///
    /// @param roomId where; 0: on the whole server
    public void mute(long userId, long roomId, long untilMillis) {
        mutes.put(new Place(userId, roomId), untilMillis);
        store.put(new AccountRecord.Mute(userId, roomId, untilMillis));
    }

    /// This person may post.
    ///
    /// @return whether it was muted there
    public boolean unmute(long userId, long roomId) {
        boolean was = mutes.remove(new Place(userId, roomId)) != null;
        if (was) {
            store.remove(new AccountKey.Mute(userId, roomId));
        }
        return was;
    }

    /// Until when this person may not post in this room; empty when it may.
    public Optional<Long> mutedUntil(long userId, long roomId, long nowMillis) {
        if (mutes.isEmpty()) {
            return Optional.empty();
        }
        return longer(end(userId, 0, nowMillis), end(userId, roomId, nowMillis));
    }

    private Optional<Long> end(long userId, long roomId, long nowMillis) {
        Optional<Long> until = Optional.ofNullable(mutes.get(new Place(userId, roomId)));
        if (until.isPresent() && until.get() <= nowMillis) {
            unmute(userId, roomId);
            return Optional.empty();
        }
        return until;
    }

    private static Optional<Long> longer(Optional<Long> one, Optional<Long> other) {
        return one.isPresent() && (other.isEmpty() || one.get() >= other.get()) ? one : other;
    }

    private Set<Long> blocked(long userId) {
        return blocks.computeIfAbsent(userId, none -> new HashSet<>());
    }

    /// Whom this person wants to hear nothing of.
    public Set<Long> blockedBy(long userId) {
        return Set.copyOf(blocks.getOrDefault(userId, Set.of()));
    }

    /// Whether `userId` wants to hear nothing of `otherId`.
    public boolean isBlocked(long userId, long otherId) {
        return blocks.getOrDefault(userId, Set.of()).contains(otherId);
    }

    /// `userId` wants to hear nothing of `otherId`.
    ///
    /// @return false when that is one more than [#BLOCKED_MAX]
    public boolean block(long userId, long otherId) {
        Set<Long> blocked = blocked(userId);
        if (!blocked.contains(otherId) && blocked.size() >= BLOCKED_MAX) {
            return false;
        }
        blocked.add(otherId);
        store.put(new AccountRecord.Block(userId, otherId));
        return true;
    }

    /// `userId` wants to hear of `otherId` again.
    public void unblock(long userId, long otherId) {
        if (blocks.containsKey(userId) && blocked(userId).remove(otherId)) {
            store.remove(new AccountKey.Block(userId, otherId));
        }
    }
}
