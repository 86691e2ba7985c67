package localchat.server.benchmark;

/// What connections have received, counted together. Latencies are recorded of messages that were
/// due in one span of time.
final class Tally {
    private final LatencyHistogram latencies = new LatencyHistogram();
    private long deliveries;
    private long reads;
    private long presenceFrames;
    private long fromNanos;
    private long toNanos;
    private long lateNanosMax;

    /// Records latencies of messages due from here to there, by System.nanoTime().
    void recordBetween(long from, long to) {
        fromNanos = from;
        toNanos = to;
    }

    void onDelivery() {
        deliveries++;
    }

    void onRead() {
        reads++;
    }

    void onPresence() {
        presenceFrames++;
    }

    void onStamp(long dueNanos, long nowNanos) {
        if (isRecorded(dueNanos)) {
            latencies.record(nowNanos - dueNanos);
        }
    }

    /// A message was sent so late, because the generator itself was busy or stopped.
    void onSent(long dueNanos, long nowNanos) {
        if (isRecorded(dueNanos)) {
            lateNanosMax = Math.max(lateNanosMax, nowNanos - dueNanos);
        }
    }

    private boolean isRecorded(long dueNanos) {
        return dueNanos - fromNanos >= 0 && dueNanos - toNanos < 0;
    }

    /// The worst of [#onSent], in microseconds.
    double lateMicrosMax() {
        return lateNanosMax / 1e3;
    }

    LatencyHistogram latencies() {
        return latencies;
    }

    /// Messages received.
    long deliveries() {
        return deliveries;
    }

    /// Read calls that returned bytes.
    long reads() {
        return reads;
    }

    long presenceFrames() {
        return presenceFrames;
    }
}
