package localchat.server.loop;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The one way from other threads into the loop. Bounded: an ordinary letter is refused when
/// `capacity` letters wait; a reserved one (the result of work the loop itself has begun and
/// counted) has room kept for it beyond that.
public final class Mailbox {
    private final ArrayBlockingQueue<Runnable> letters;
    private final AtomicInteger ordinary = new AtomicInteger();
    private final int capacity;
    private final Runnable wakeup;

    /// @param capacity ordinary letters that may wait
    /// @param reserved further places for results
    /// @param wakeup called on the posting thread after each letter; wakes the loop from its select
    public Mailbox(int capacity, int reserved, Runnable wakeup) {
        this.capacity = capacity;
        this.letters = new ArrayBlockingQueue<>(capacity + reserved);
        this.wakeup = wakeup;
    }

    /// Hands over a letter, to be run on the loop thread. Safe from any thread.
    ///
    /// @return false when the mailbox is full: the letter will not be run
    public boolean post(Runnable letter) {
        if (ordinary.incrementAndGet() > capacity) {
            ordinary.decrementAndGet();
            return false;
        }
        boolean taken =
                enqueue(() -> {
                    ordinary.decrementAndGet();
                    letter.run();
                });
        if (!taken) {
            ordinary.decrementAndGet();
        }
        return taken;
    }

    /// Hands over the result of work that the loop has begun. Safe from any thread.
    ///
    /// @throws IllegalStateException when more results come than places were reserved: whoever
    ///   began the work did not bound it
    public void postReserved(Runnable result) {
        if (!enqueue(result)) {
            throw new IllegalStateException("more results than places reserved for them");
        }
    }

    private boolean enqueue(Runnable letter) {
        boolean taken = letters.offer(letter);
        if (taken) {
            wakeup.run();
        }
        return taken;
    }

    /// Whether nothing waits.
    boolean isEmpty() {
        return letters.isEmpty();
    }

    /// Runs what waits now, at most `budget` letters, on the calling thread; returns how many it
    /// ran. What comes in meanwhile waits for the next time, so that a letter which sends another
    /// does not keep the sockets waiting. One that throws keeps none of the others from being run.
    int drain(int budget, Consumer<RuntimeException> faults) {
        int ran = 0;
        int wanted = Math.min(budget, letters.size());
        while (ran < wanted) {
            Runnable letter = letters.poll();
            if (letter == null) {
                return ran;
            }
            try {
                letter.run();
            } catch (RuntimeException fault) {
                faults.accept(fault);
            }
            ran++;
        }
        return ran;
    }
}
