package localchat.client.fx.chat;

import java.util.concurrent.Executor;

/// Does something that is wanted often at most once in a while: at once when it was not done for a
/// while, else later. The last wish is never forgotten. Belongs to the JavaFX thread.
final class Paced {
    private final Executor later;
    private final Runnable task;
    private boolean resting;
    private boolean wanted;

    /// @param later runs a task on the JavaFX thread after the while
    Paced(Executor later, Runnable task) {
        this.later = later;
        this.task = task;
    }

    /// Does it now or later.
    void run() {
        if (resting) {
            wanted = true;
        } else {
            runNow();
        }
    }

    /// Does it now.
    void runNow() {
        wanted = false;
        task.run();
        if (!resting) {
            resting = true;
            later.execute(this::rested);
        }
    }

    private void rested() {
        resting = false;
        if (wanted) {
            runNow();
        }
    }
}
