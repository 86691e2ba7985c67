package localchat.server.net;

/// Where the costly part of handshakes is done: beside the loop.
public interface HandshakeTasks {
    /// Has a job done on another thread. Called on the loop thread.
    ///
    /// @return false when too many wait already; then nothing is run
    boolean run(HandshakeJob job);

    /// Nobody waits for this job any more: unless it has begun it is not done, and takes nobody's
    /// place. Called on the loop thread.
    void cancel(HandshakeJob job);
}
