package localchat.server.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/// The one thread of the server, as a list of what it does in each turn. A thread calls [#run]; a
/// test calls [#turn] itself, with a clock of its own.
public final class EventLoop implements AutoCloseable {
    /// Letters run in one turn. Reason: enough for a burst of results, too few to keep the sockets
    /// waiting.
    private static final int LETTERS_PER_TURN = 1_024;

    /// Ordinary letters that may wait in the mailbox; one more is refused.
    private static final int MAILBOX_CAPACITY = 4_096;

    /// Further places, kept for results of work the loop has begun.
    private static final int MAILBOX_RESERVED = 16_384;

    /// So many selects in a row that came back early with nothing to do are a fault of the
    /// platform: the selector is then made anew. Reason: the figure Netty has used for years
    /// against epoll's.
    private static final int EMPTY_SELECTS_MAX = 512;

    private final Clock clock;
    private final TurnStages stages;
    private final Mailbox mailbox;
    private final Timers timers;
    private final LoopThread owner = new LoopThread();
    private volatile Selector selector; // Read by Mailbox.post on other threads, to wake the loop.
    private long turnNanos;
    private boolean turnBegan;
    private boolean workLeft;
    private boolean stopped;
    private int emptySelects;

    /// @throws IOException when the platform has no selector to give
    public EventLoop(Clock clock, TurnStages stages) throws IOException {
        this.clock = clock;
        this.stages = stages;
        this.selector = Selector.open();
        this.mailbox = new Mailbox(MAILBOX_CAPACITY, MAILBOX_RESERVED, this::wake);
        this.timers = new Timers(clock);
        this.turnNanos = clock.nanos();
    }

    /// Ends the loop's sleep. The loop itself is awake when it posts, and does not sleep while a
    /// letter waits: two system calls less for each group of messages.
    private void wake() {
        if (!owner.isCurrent()) {
            selector.wakeup();
        }
    }

    /// The way in from other threads.
    public Mailbox mailbox() {
        return mailbox;
    }

    /// Deadlines on this loop.
    public Timers timers() {
        return timers;
    }

    /// When the turn under way began, on the loop's monotonic clock, in nanoseconds: the time for
    /// all that happens in it. Read once a turn: a reading costs as much as handling a small frame.
    public long turnNanos() {
        return turnNanos;
    }

    /// Which thread this loop belongs to.
    public LoopThread owner() {
        return owner;
    }

    /// Puts a non-blocking channel into the selector.
    ///
    /// @param operations what to be woken for, as in [SelectionKey]
    /// @throws ClosedChannelException when the channel is closed
    public Registration register(SelectableChannel channel, int operations, ReadyHandler handler)
            throws ClosedChannelException {
        assert owner.check();
        KeyRegistration registration = new KeyRegistration(handler);
        registration.key = channel.register(selector, operations, registration);
        return registration;
    }

    /// Runs turns on the calling thread, which becomes the owner, until [#stop].
    public void run() {
        owner.bind();
        while (!stopped) {
            turn();
        }
    }

    /// Ends [#run] after the turn under way.
    public void stop() {
        assert owner.check();
        stopped = true;
    }

    /// One turn: select and accept · read · mailbox · timers · flush · close the doomed. All but
    /// timers have a budget; what is left over is done in the next turn, which then does not sleep.
    public void turn() {
        assert owner.check();
        boolean early = select();
        boolean unread = stages.onRead();
        int letters = mailbox.drain(LETTERS_PER_TURN, stages::onFault);
        int fired = timers.fire(turnNanos, stages::onFault);
        boolean unwritten = stages.onFlush();
        boolean closed = stages.onCloseDoomed();
        workLeft = unread || unwritten || closed;
        stages.onTurnEnded(clock.nanos() - turnNanos);
        watchEmptySelects(early && letters + fired == 0);
    }

    /// Sleeps until something is ready, a letter came or the next deadline has passed, then tells
    /// each ready channel: a listening one accepts, another one queues itself for reading or
    /// writing.
    ///
    /// @return whether it came back early with nothing ready
    private boolean select() {
        long asleepNanos = clock.nanos();
        long sleepNanos = workLeft || !mailbox.isEmpty() ? 0 : timers.nanosToNext(asleepNanos);
        turnBegan = false;
        int ready;
        try {
            ready =
                    sleepNanos == 0
                            ? selector.selectNow(this::dispatch)
                            : selector.select(this::dispatch, millisRoundedUp(sleepNanos));
        } catch (IOException e) {
            throw new UncheckedIOException("the selector failed", e);
        }
        beginTurn();
        return ready == 0 && turnNanos - asleepNanos < sleepNanos;
    }

    /// Reads the clock, once, as soon as the select has something or comes back with nothing.
    private void beginTurn() {
        if (!turnBegan) {
            turnBegan = true;
            turnNanos = clock.nanos();
        }
    }

    private void dispatch(SelectionKey key) {
        beginTurn();
        try {
            ((KeyRegistration) key.attachment()).handler.onReady(key.readyOps());
        } catch (CancelledKeyException e) {
            // Cancelled between the select and now: nothing is left to be done for it.
        } catch (RuntimeException fault) {
            stages.onFault(fault);
        }
    }

    private static long millisRoundedUp(long nanos) {
        return nanos == Long.MAX_VALUE
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
    }

    private void watchEmptySelects(boolean empty) {
        if (!empty) {
            emptySelects = 0;
            return;
        }
        emptySelects++;
        boolean tooMany = emptySelects >= EMPTY_SELECTS_MAX;
        if (tooMany) {
            emptySelects = 0;
            try {
                replaceSelector();
            } catch (IOException e) {
                throw new UncheckedIOException("the selector span and no new one could be made", e);
            }
        }
        stages.onEmptySelect(tooMany);
    }

    private void replaceSelector() throws IOException {
        Selector spinning = selector;
        Selector fresh = Selector.open();
        for (SelectionKey key : spinning.keys()) {
            if (key.isValid()) {
                KeyRegistration registration = (KeyRegistration) key.attachment();
                int operations = key.interestOps();
                key.cancel();
                registration.key = key.channel().register(fresh, operations, registration);
            }
        }
        selector = fresh;
        spinning.close();
    }

    /// Closes the selector. Channels stay open: they belong to whoever registered them.
    @Override
    public void close() throws IOException {
        selector.close();
    }

    private static final class KeyRegistration implements Registration {
        private final ReadyHandler handler;
        private SelectionKey key;

        @SuppressWarnings("NullAway.Init") // The key needs its attachment first; set in register().
        private KeyRegistration(ReadyHandler handler) {
            this.handler = handler;
        }

        @Override
        public void interest(int operations) {
            if (key.isValid() && key.interestOps() != operations) {
                key.interestOps(operations);
            }
        }

        @Override
        public void cancel() {
            key.cancel();
        }
    }
}
