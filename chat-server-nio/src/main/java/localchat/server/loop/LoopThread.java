package localchat.server.loop;

import org.jspecify.annotations.Nullable;

/// Knows which thread owns the loop, so that `assert loopThread.check()` opens the loop's entry
/// points. Before a thread is bound (a test that calls `turn()` itself) everybody may.
public final class LoopThread {
    private @Nullable Thread owner;

    /// Makes the calling thread the owner.
    ///
    /// @throws IllegalStateException when another thread is the owner already
    public void bind() {
        if (owner != null && !owner.equals(Thread.currentThread())) {
            throw new IllegalStateException("the loop belongs to " + owner.getName());
        }
        owner = Thread.currentThread();
    }

    /// Whether the calling thread is the owner. Any thread may ask: one that is not sees another
    /// owner or none yet, never itself.
    @SuppressWarnings("ReferenceEquality") // A thread is itself alone.
    boolean isCurrent() {
        return owner == Thread.currentThread();
    }

    /// True; throws instead of returning false, so that the failed assertion names the threads.
    public boolean check() {
        if (owner != null && !owner.equals(Thread.currentThread())) {
            throw new AssertionError(
                    "called on "
                            + Thread.currentThread().getName()
                            + ", belongs to "
                            + owner.getName());
        }
        return true;
    }
}
