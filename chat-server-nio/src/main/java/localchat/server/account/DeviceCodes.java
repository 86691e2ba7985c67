package localchat.server.account;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import localchat.core.model.Digest32;

/// One-time codes that add a device to the person who asked for one. They end with the server:
/// nobody waits that long between two devices. Belongs to the loop thread.
public final class DeviceCodes {
    /// How long one is good, in nanoseconds. Reason: long enough to walk to another room.
    public static final long VALID_NANOS = 600_000_000_000L;

    private record Issued(Digest32 code, long untilNanos) {}

    private final RandomGenerator random;
    private final Map<Long, Issued> byPerson = new HashMap<>();
    private final Map<Digest32, Long> byCode = new HashMap<>();

    /// @param random strong
    DeviceCodes(RandomGenerator random) {
        this.random = random;
    }

    /// A code for this person; one before is worth nothing any more.
    public String create(long userId, long nowNanos) {
        forgetExpired(nowNanos);
        withdraw(userId);
        String code = Codes.random(random);
        Digest32 hash = Codes.hash(code).orElseThrow();
        byPerson.put(userId, new Issued(hash, nowNanos + VALID_NANOS));
        byCode.put(hash, userId);
        return code;
    }

    private void forgetExpired(long nowNanos) {
        byPerson.values()
                .removeIf(issued -> {
                    boolean expired = issued.untilNanos() - nowNanos <= 0;
                    if (expired) {
                        byCode.remove(issued.code());
                    }
                    return expired;
                });
    }

    /// Whose code this is.
    Optional<Long> find(Digest32 code, long nowNanos) {
        return Optional.ofNullable(byCode.get(code))
                .filter(userId -> {
                    Issued issued = byPerson.get(userId);
                    return issued != null && issued.untilNanos() - nowNanos > 0;
                });
    }

    /// The person's code is worth nothing any more.
    public void withdraw(long userId) {
        Issued issued = byPerson.remove(userId);
        if (issued != null) {
            byCode.remove(issued.code());
        }
    }
}
