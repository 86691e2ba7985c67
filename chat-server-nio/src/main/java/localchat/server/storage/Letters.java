package localchat.server.storage;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/// The way of results to the loop thread, in the order in which they were sent. However many wait,
/// one place of the loop's mailbox is taken; a letter brings a few and is sent again when there are
/// more, so that a burst does not keep the sockets waiting.
///
/// [#send] may be called from any thread.
final class Letters {
    /// Results that one letter brings. Reason: a result is a whole group of posts, or a page.
    private static final int PER_LETTER = 16;

    private final Consumer<Runnable> later;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean underWay;

    /// @param later runs a task on the loop thread; safe from any thread
    Letters(Consumer<Runnable> later) {
        this.later = later;
    }

    void send(Runnable result) {
        synchronized (waiting) {
            waiting.add(result);
            if (underWay) {
                return;
            }
            underWay = true;
        }
        later.accept(this::deliver);
    }

    /// Runs on the loop thread. A fault in one result keeps none of the others from being told.
    private void deliver() {
        for (int told = 0; told < PER_LETTER; told++) {
            Runnable result;
            synchronized (waiting) {
                result = waiting.poll();
                if (result == null) {
                    underWay = false;
                    return;
                }
            }
            try {
                result.run();
            } catch (RuntimeException fault) {
                later.accept(() -> {
                    throw fault;
                });
            }
        }
        later.accept(this::deliver);
    }
}
