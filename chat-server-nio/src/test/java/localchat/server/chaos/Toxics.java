package localchat.server.chaos;

/// What a [ChaosProxy] does to the bytes of one direction. 0 and false mean: nothing of it.
///
/// @param latencyMillis each piece arrives so much later, in milliseconds
/// @param jitterMillis and up to so much later still, by chance; pieces stay in order
/// @param bytesPerSecond no more is read from the sender, so that it feels the slowness
/// @param sliceBytes the receiver is written to with so many bytes a call
/// @param endAfterBytes after so many bytes of a link the whole link ends
/// @param endsWithReset a link that ends here ends with a reset instead of the end of the stream
/// @param blackhole bytes are taken from the sender and reach nobody
public record Toxics(
        int latencyMillis,
        int jitterMillis,
        int bytesPerSecond,
        int sliceBytes,
        long endAfterBytes,
        boolean endsWithReset,
        boolean blackhole) {
    /// A perfect network.
    public static final Toxics NONE = new Toxics(0, 0, 0, 0, 0, false, false);

    /// Pieces arrive `millis` later, and up to `jitter` later still.
    public Toxics latency(int millis, int jitter) {
        return new Toxics(
                millis,
                jitter,
                bytesPerSecond,
                sliceBytes,
                endAfterBytes,
                endsWithReset,
                blackhole);
    }

    /// At most so many bytes a second.
    public Toxics bandwidth(int perSecond) {
        return new Toxics(
                latencyMillis,
                jitterMillis,
                perSecond,
                sliceBytes,
                endAfterBytes,
                endsWithReset,
                blackhole);
    }

    /// Written in slices of so many bytes.
    public Toxics slices(int bytes) {
        return new Toxics(
                latencyMillis,
                jitterMillis,
                bytesPerSecond,
                bytes,
                endAfterBytes,
                endsWithReset,
                blackhole);
    }

    /// The link ends once so many bytes have passed.
    public Toxics endAfter(long bytes) {
        return new Toxics(
                latencyMillis,
                jitterMillis,
                bytesPerSecond,
                sliceBytes,
                bytes,
                endsWithReset,
                blackhole);
    }

    /// The link ends with a reset once so many bytes have passed.
    public Toxics resetAfter(long bytes) {
        return new Toxics(
                latencyMillis, jitterMillis, bytesPerSecond, sliceBytes, bytes, true, blackhole);
    }

    /// Bytes vanish.
    public Toxics vanish() {
        return new Toxics(
                latencyMillis,
                jitterMillis,
                bytesPerSecond,
                sliceBytes,
                endAfterBytes,
                endsWithReset,
                true);
    }
}
