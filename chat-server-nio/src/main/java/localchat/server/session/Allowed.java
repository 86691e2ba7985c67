package localchat.server.session;

import localchat.core.model.ErrorCode;
import localchat.server.account.Allowances;

/// How often one person may do what costs others something, over all its devices; posts apart.
/// Belongs to the loop thread.
public final class Allowed {
    /// Public and private rooms made by one person at once. Reason: a teacher who sets up a school.
    public static final int ROOMS_BURST = 50;

    /// Afterwards one more each so often, in nanoseconds: 20 an hour.
    static final long ROOM_NANOS = 180_000_000_000L;

    /// Direct messages begun by one person at once.
    public static final int DIRECTS_BURST = 200;

    /// Afterwards one more each so often, in nanoseconds: 180 an hour.
    static final long DIRECT_NANOS = 20_000_000_000L;

    /// Typing notices of one person at once. Reason: one every few seconds in each of some rooms.
    public static final int TYPING_BURST = 40;

    /// Afterwards one more each so often, in nanoseconds: five a second.
    static final long TYPING_NANOS = 200_000_000L;

    private static final int REMEMBERED_MAX = 10_000;

    private final Allowances<Long> rooms;
    private final Allowances<Long> directs;
    private final Allowances<Long> typing;

    /// @param limited false for benchmarks, in which a few people do everything
    public Allowed(boolean limited) {
        this.rooms = new Allowances<>(limited ? ROOMS_BURST : 0, ROOM_NANOS, REMEMBERED_MAX);
        this.directs = new Allowances<>(limited ? DIRECTS_BURST : 0, DIRECT_NANOS, REMEMBERED_MAX);
        this.typing = new Allowances<>(limited ? TYPING_BURST : 0, TYPING_NANOS, REMEMBERED_MAX);
    }

    /// @throws RequestRefused with RATE_LIMITED
    void takeRoom(long userId, long nowNanos) throws RequestRefused {
        require(rooms.take(userId, nowNanos), "you made too many rooms in a short time");
    }

    /// @throws RequestRefused with RATE_LIMITED
    void takeDirect(long userId, long nowNanos) throws RequestRefused {
        require(directs.take(userId, nowNanos), "you wrote to too many people in a short time");
    }

    /// @throws RequestRefused with RATE_LIMITED
    void takeTyping(long userId, long nowNanos) throws RequestRefused {
        require(typing.take(userId, nowNanos), "more typing notices than allowed");
    }

    private static void require(long waitNanos, String text) throws RequestRefused {
        if (waitNanos > 0) {
            throw new RequestRefused(ErrorCode.RATE_LIMITED, text, Allowances.millis(waitNanos));
        }
    }
}
