package localchat.server.torture;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import localchat.core.protocol.wire.CloseReason;
import localchat.core.protocol.wire.ErrorCode;

/// What a [Load] counts. Belongs to the load's thread; a copy is for whoever asks.
final class LoadFigures {
    private static final int LATENCIES_MAX = 1_000_000;

    private long posts;
    private long acknowledged;
    private long refusals;
    private long doubles;
    private long gaps;
    private long logins;
    private long drops;
    private long cutFrames;
    private long cachesInvalid;
    private final Map<ErrorCode, Long> errors = new EnumMap<>(ErrorCode.class);
    private final Map<String, Long> others = new TreeMap<>();
    private final Map<CloseReason, Long> goodbyes = new EnumMap<>(CloseReason.class);
    private long[] latencies = new long[1024];
    private int measured;

    LoadFigures copy() {
        LoadFigures copy = new LoadFigures();
        copy.posts = posts;
        copy.acknowledged = acknowledged;
        copy.refusals = refusals;
        copy.doubles = doubles;
        copy.gaps = gaps;
        copy.logins = logins;
        copy.drops = drops;
        copy.cutFrames = cutFrames;
        copy.cachesInvalid = cachesInvalid;
        copy.errors.putAll(errors);
        copy.others.putAll(others);
        copy.goodbyes.putAll(goodbyes);
        copy.latencies = latencies.clone();
        copy.measured = measured;
        return copy;
    }

    void onPost() {
        posts++;
    }

    void onAcknowledged(long nanos) {
        acknowledged++;
        if (measured < LATENCIES_MAX) {
            if (measured == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * measured);
            }
            latencies[measured++] = nanos;
        }
    }

    void onError(ErrorCode code, boolean ofPost) {
        if (ofPost) {
            refusals++;
            errors.merge(code, 1L, Long::sum);
        } else {
            others.merge("not of a post: " + code, 1L, Long::sum);
        }
    }

    void onGoodbye(CloseReason reason) {
        goodbyes.merge(reason, 1L, Long::sum);
    }

    void onDouble() {
        doubles++;
    }

    void onGap() {
        gaps++;
    }

    void onLogin() {
        logins++;
    }

    void onDrop(boolean cutFrame) {
        drops++;
        cutFrames += cutFrame ? 1 : 0;
    }

    void onCacheInvalid() {
        cachesInvalid++;
    }

    /// Posts put into outboxes.
    long posts() {
        return posts;
    }

    /// Posts of which a client heard that they are stored.
    long acknowledged() {
        return acknowledged;
    }

    /// Refusals of posts, whatever became of them.
    long refusals() {
        return refusals;
    }

    long refusals(ErrorCode code) {
        return errors.getOrDefault(code, 0L);
    }

    /// Live or caught-up events that came a second time: a server that works sends none.
    long doubles() {
        return doubles;
    }

    /// Live or caught-up events before which others were missing.
    long gaps() {
        return gaps;
    }

    long logins() {
        return logins;
    }

    /// Connections that ended, those that never came about included.
    long drops() {
        return drops;
    }

    /// Connections that ended in the middle of a frame.
    long cutFrames() {
        return cutFrames;
    }

    /// Rooms that had to be taken from the server anew.
    long cachesInvalid() {
        return cachesInvalid;
    }

    /// A share of all posts was acknowledged within so many milliseconds after they were made.
    double latencyMillis(double share) {
        if (measured == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(latencies, measured);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(measured - 1L, (long) (measured * share))] / 1e6;
    }

    @Override
    public String toString() {
        return ("posts=%d acknowledged=%d logins=%d drops=%d cut=%d refused=%s%s goodbyes=%s"
                        + " invalid=%d ack p50=%.1f ms p99=%.1f ms")
                .formatted(
                        posts,
                        acknowledged,
                        logins,
                        drops,
                        cutFrames,
                        errors,
                        others.isEmpty() ? "" : " " + others,
                        goodbyes,
                        cachesInvalid,
                        latencyMillis(0.5),
                        latencyMillis(0.99));
    }
}
