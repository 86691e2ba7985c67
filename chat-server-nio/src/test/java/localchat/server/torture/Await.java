package localchat.server.torture;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Bounded waiting.
final class Await {
    private static final long LOOK_MILLIS = 20;

    private Await() {}

    /// Waits until something is so.
    ///
    /// @param what names it in the failure
    /// @return how long that took, in milliseconds
    static long until(Duration patience, String what, Callable<Boolean> condition)
            throws Exception {
        long begun = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new AssertionError("waited " + patience + " in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /// Lets time pass: the load's, or a fault's. No test waits for an effect with this.
    static void pass(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
