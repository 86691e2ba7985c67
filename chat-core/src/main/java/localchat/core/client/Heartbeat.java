package localchat.core.client;

import java.util.function.BooleanSupplier;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Ping;
import org.jspecify.annotations.Nullable;

/// Looks after one connection while logged in: asks when it is silent, says when it is dead.
/// Belongs to the session thread.
final class Heartbeat {
    private static final ClientFrame PING =
            ClientFrame.newBuilder().setPing(Ping.getDefaultInstance()).build();

    private final SessionParts parts;
    private final Liveness liveness;
    private final BooleanSupplier framesWait;
    private final Runnable onDead;
    private long heardNanos;
    private long askedAtNanos;
    private boolean asked;
    private Timers.@Nullable Timer timer;

    /// @param framesWait whether frames came that the session thread has not taken yet
    Heartbeat(SessionParts parts, BooleanSupplier framesWait, Runnable onDead) {
        this.parts = parts;
        this.liveness = Liveness.of(parts.environment().timings());
        this.framesWait = framesWait;
        this.onDead = onDead;
    }

    /// Logged in.
    void start(Link link) {
        onFrame();
        check(link);
    }

    /// A frame was taken. Counts when it is done with: a listener that takes its time is no
    /// silence.
    void onFrame() {
        heardNanos = parts.timers().nowNanos();
        asked = false;
    }

    /// The connection is lost.
    void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void check(Link link) {
        long now = parts.timers().nowNanos();
        if (framesWait.getAsBoolean()) {
            heardNanos = now;
        } else if (link.heardNanos() - heardNanos > 0) {
            heardNanos = link.heardNanos();
        }
        if (asked && heardNanos - askedAtNanos > 0) {
            asked = false;
        }
        long silent = now - heardNanos;
        switch (liveness.judge(silent, askedNanos(now))) {
            case ALIVE -> {}
            case ASK -> {
                asked = true;
                askedAtNanos = now;
                parts.uplink().send(PING);
            }
            case DEAD -> {
                onDead.run();
                return;
            }
        }
        // An answer moves the next question nearer than the death that the timer would wait for.
        long next = Math.min(liveness.nanosToNext(silent, askedNanos(now)), liveness.pingNanos());
        timer = parts.timers().at(now + next, () -> check(link));
    }

    private long askedNanos(long now) {
        return asked ? now - askedAtNanos : Liveness.NOT_ASKED;
    }
}
