package localchat.client.fx;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/// The one door from other threads to the JavaFX thread. Tasks run in the order given, all that
/// wait together once per pulse, so that a hundred messages that arrive within one frame cost one
/// layout.
final class UiExecutor implements Executor {
    /// Most tasks that wait. Past it another thread's call blocks until the JavaFX thread has
    /// caught up, so that a flood is held back at the socket and not in memory. Reason: seconds of
    /// a very busy room.
    static final int TASKS_MAX = 20_000;

    /// Most tasks run in one pulse. Reason: some milliseconds of work; the window stays fluent.
    static final int TASKS_PER_PULSE = 1_000;

    private final Object lock = new Object();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean awake;

    /// Made on the JavaFX thread.
    private @Nullable AnimationTimer timer;

    @Override
    public void execute(Runnable task) {
        boolean wake;
        synchronized (lock) {
            if (!Platform.isFxApplicationThread()) {
                awaitRoom();
            }
            tasks.add(task);
            wake = !awake;
            awake = true;
        }
        if (wake) {
            Platform.runLater(this::wakeUp);
        }
    }

    private void awaitRoom() {
        boolean interrupted = false;
        while (tasks.size() >= TASKS_MAX) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                // The task must not be lost, the interruption neither.
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wakeUp() {
        if (timer == null) {
            timer =
                    new AnimationTimer() {
                        @Override
                        public void handle(long nanos) {
                            runTasks(this);
                        }
                    };
        }
        timer.start();
    }

    /// Runs what waits. The timer, and with it the pulse, stops when nothing does.
    private void runTasks(AnimationTimer running) {
        for (int i = 0; i < TASKS_PER_PULSE; i++) {
            Runnable task;
            synchronized (lock) {
                task = tasks.poll();
                if (task == null) {
                    awake = false;
                    running.stop();
                    return;
                }
                lock.notifyAll();
            }
            run(task);
        }
    }

    /// A fault in one task must not take the others with it.
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
