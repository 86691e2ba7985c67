package localchat.server.net;

import java.util.List;

/// The costly part of one handshake, between two turns of the loop. Known by its identity; may be
/// read on any thread.
public final class HandshakeJob {
    private final List<Runnable> tasks;
    private final Runnable done;

    /// @param tasks run one after the other, on another thread
    /// @param done runs on the loop thread afterwards
    public HandshakeJob(List<Runnable> tasks, Runnable done) {
        this.tasks = List.copyOf(tasks);
        this.done = done;
    }

    /// What is to be done on another thread.
    public List<Runnable> tasks() {
        return tasks;
    }

    /// What the loop thread does afterwards.
    public Runnable done() {
        return done;
    }
}
