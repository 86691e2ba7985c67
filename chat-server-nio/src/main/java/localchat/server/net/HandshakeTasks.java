package localchat.server.net;

import java.util.List;

/// Where the costly part of handshakes is done: beside the loop.
public interface HandshakeTasks {
    /// Has tasks run one after the other on another thread. Called on the loop thread.
    ///
    /// @param done runs on the loop thread afterwards
    /// @return false when too many wait already; then nothing is run
    boolean run(List<Runnable> tasks, Runnable done);
}
