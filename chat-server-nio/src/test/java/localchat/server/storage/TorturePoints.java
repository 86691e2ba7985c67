package localchat.server.storage;

import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets a process that a test started end at one of the [StoragePoints], as if it had been killed.
public final class TorturePoints {
    /// Exit code of a process that was ended by `kill -9`, as shells tell it.
    public static final int KILLED = 137;

    /// Longest time into a checkpoint, in microseconds. Reason: one of some 1,000 writes takes a
    /// few milliseconds.
    private static final int CHECKPOINT_MICROS_MAX = 3_000;

    private TorturePoints() {}

    /// For the main of such a process, before the server in it.
    ///
    /// @param point the name of a [StoragePoints.Point]
    /// @param hit the process ends the so-many-th time that the point is reached, from 1 on
    public static void endAt(String point, int hit) {
        StoragePoints.Point wanted = StoragePoints.Point.valueOf(point);
        AtomicInteger hits = new AtomicInteger();
        InstalledPoints.install(reached -> {
            if (reached == wanted && hits.incrementAndGet() == hit) {
                end(reached);
            }
        });
    }

    private static void end(StoragePoints.Point point) throws SQLException {
        if (point != StoragePoints.Point.MID_CHECKPOINT) {
            Runtime.getRuntime().halt(KILLED);
        }
        int micros = new Random().nextInt(CHECKPOINT_MICROS_MAX);
        Thread.ofPlatform()
                .start(() -> {
                    try {
                        TimeUnit.MICROSECONDS.sleep(micros);
                    } catch (InterruptedException e) {
                        // Then at once.
                    }
                    Runtime.getRuntime().halt(KILLED);
                });
    }
}
