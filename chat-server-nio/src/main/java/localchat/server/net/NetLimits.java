package localchat.server.net;

/// Limits of connections. 0 means: off, but not for the two limits of answers.
///
/// @param connectionsMax connections at one time; one more is closed with TOO_MANY_CONNECTIONS.
///   Reason: twice the people one node is built for
/// @param connectionsPerAddressMax the same per remote address, loopback exempt
/// @param loginsPerAddressMax unfinished logins per remote address, loopback exempt; one more
///   closes the oldest of them with TOO_MANY_LOGINS
/// @param handshakesMax handshakes of TLS that wait for their peers; one more closes the one that
///   has waited longest with TOO_MANY_LOGINS. Reason: 9 KiB of heap each; a peer that means it
///   answers at once
/// @param loginNanos time to log in; then LOGIN_TIMEOUT
/// @param loginFrameNanos time from the first byte of a frame to its last before login; then
///   FRAME_TIMEOUT
/// @param frameNanos the same after login
/// @param pingNanos silence after which the peer is asked
/// @param deadNanos silence after which it is closed with PEER_SILENT
/// @param stallNanos time in which bytes wait and the socket takes none; then SLOW_READER
/// @param answerBytesMax private frames waiting for one connection, in bytes; past it ANSWERS_FULL
/// @param answerBytesHigh from here on droppable frames are dropped and requests answered BUSY
/// @param partialBytesMax memory for frames begun on all connections; past it the oldest of them is
///   closed with PARTIAL_FRAMES_FULL
/// @param sendBufferBytes asked of the kernel for what one connection has not read, in bytes (Linux
///   keeps up to twice as much); past it the socket takes nothing and the member lags. Left to
///   itself the kernel keeps 4 MiB each
public record NetLimits(
        int connectionsMax,
        int connectionsPerAddressMax,
        int loginsPerAddressMax,
        int handshakesMax,
        long loginNanos,
        long loginFrameNanos,
        long frameNanos,
        long pingNanos,
        long deadNanos,
        long stallNanos,
        int answerBytesMax,
        int answerBytesHigh,
        long partialBytesMax,
        int sendBufferBytes) {
    private static final long SECOND = 1_000_000_000L;

    /// The values of design and PROTOCOL.md.
    public static NetLimits standard() {
        return new NetLimits(
                20_000,
                0,
                64,
                4_096,
                10 * SECOND,
                10 * SECOND,
                30 * SECOND,
                15 * SECOND,
                45 * SECOND,
                30 * SECOND,
                1024 * 1024,
                256 * 1024,
                64L * 1024 * 1024,
                256 * 1024);
    }
}
