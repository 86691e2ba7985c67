package localchat.server.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import localchat.server.oracle.Journal;

/// Clients that chat, over sockets, on one thread. What its methods ask for is done on that thread;
/// they may be called from any other.
final class Load implements AutoCloseable {
    /// Posts that one client keeps while it cannot send them; further ones are not made. Reason: a
    /// server that is away for long must not be met by a flood of its own.
    private static final int OUTBOX_MAX = 1_000;

    private static final long CALL_SECONDS = 60;
    private static final int SELECT_MILLIS = 2;

    /// Each client is asked this often whether time wants something, in nanoseconds.
    private static final long TICK_NANOS = 5_000_000L;

    private final LoadPlan plan;
    private final LoadFigures figures = new LoadFigures();
    private final List<LoadClient> clients;
    private final Selector selector;
    private final ByteBuffer shared = ByteBuffer.allocateDirect(256 * 1024);
    private final ConcurrentLinkedQueue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Random turns;
    private final Thread thread;
    private volatile boolean stopped;
    private int postsPerSecond;
    private long pacedNanos;
    private double owed;
    private long tickNanos;

    private Load(LoadPlan plan) throws IOException {
        this.plan = plan;
        this.turns = new Random(plan.seed());
        this.selector = Selector.open();
        this.clients =
                IntStream.range(0, plan.clients())
                        .mapToObj(i -> new LoadClient(plan, i, figures))
                        .toList();
        this.thread =
                Thread.ofPlatform().name("load-" + plan.prefix()).daemon().unstarted(this::run);
    }

    /// Begins to connect; nobody posts yet.
    static Load start(LoadPlan plan) throws IOException {
        Load load = new Load(plan);
        load.thread.start();
        return load;
    }

    LoadPlan plan() {
        return plan;
    }

    /// So many posts a second from now on, over all clients; 0: none.
    void pace(int posts) throws Exception {
        call(() -> {
            postsPerSecond = posts;
            pacedNanos = System.nanoTime();
            owed = 0;
            return posts;
        });
    }

    /// Clients read, or leave everything to the kernel's buffers.
    void reading(boolean now) throws Exception {
        call(() -> {
            clients.forEach(client -> client.reading(now));
            return now;
        });
    }

    /// What was counted so far.
    LoadFigures figures() throws Exception {
        return call(figures::copy);
    }

    /// Clients that are in all their rooms.
    int live() throws Exception {
        return call(() -> (int) clients.stream().filter(LoadClient::isLive).count());
    }

    /// Waits until everybody is in all rooms.
    ///
    /// @return how long that took, in milliseconds
    long awaitLive(Duration patience) throws Exception {
        return Await.until(
                patience, "everybody to be in the rooms", () -> live() == plan.clients());
    }

    /// Stops posting and waits until every post is answered and everybody has heard the same.
    ///
    /// @return how long that took, in milliseconds
    long awaitSettled(Duration patience) throws Exception {
        pace(0);
        try {
            return Await.until(patience, "the load to settle", () -> call(this::isSettled));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; " + call(this::unsettled), e);
        }
    }

    private boolean isSettled() {
        if (!clients.stream().allMatch(LoadClient::isSettled)) {
            return false;
        }
        return IntStream.range(0, plan.rooms().size())
                .allMatch(room ->
                        clients.stream()
                                        .map(client -> client.rooms().get(room).next())
                                        .distinct()
                                        .count()
                                == 1);
    }

    private String unsettled() {
        long unacknowledged = clients.stream().mapToInt(LoadClient::unacknowledged).sum();
        long alive = clients.stream().filter(LoadClient::isLive).count();
        return "%d of %d clients are live, %d posts are not acknowledged, %s"
                .formatted(alive, clients.size(), unacknowledged, figures);
    }

    /// Runs something on the load's thread, where clients and journals may be looked at.
    <T> T call(Callable<T> action) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        asked.add(() -> {
            try {
                answer.complete(action.call());
            } catch (Exception | AssertionError e) {
                answer.completeExceptionally(e);
            }
        });
        selector.wakeup();
        try {
            CompletableFuture.anyOf(answer, ended).get(CALL_SECONDS, TimeUnit.SECONDS);
            return answer.get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the load's thread does not answer", e);
        }
    }

    /// For use within [#call].
    List<LoadClient> clients() {
        return clients;
    }

    /// For use within [#call].
    List<Journal> journals() {
        return clients.stream().map(LoadClient::journal).toList();
    }

    private void run() {
        try {
            while (!stopped) {
                turn();
            }
            clients.forEach(client -> client.onLost(System.nanoTime()));
            selector.close();
            ended.completeExceptionally(new IOException("the load is closed"));
        } catch (IOException | RuntimeException | AssertionError e) {
            ended.completeExceptionally(e);
        }
    }

    private void turn() throws IOException {
        selector.select(SELECT_MILLIS);
        long now = System.nanoTime();
        for (SelectionKey key : selector.selectedKeys()) {
            LoadClient client = (LoadClient) key.attachment();
            attempt(client, now, () -> client.onReady(key, now));
        }
        selector.selectedKeys().clear();
        for (Runnable ask = asked.poll(); ask != null; ask = asked.poll()) {
            ask.run();
        }
        post(now);
        if (now - tickNanos >= TICK_NANOS) {
            tickNanos = now;
            for (LoadClient client : clients) {
                attempt(client, now, () -> client.onTick(now, selector, shared));
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(LoadClient client, long now, Step step) {
        try {
            step.run();
        } catch (IOException | LoadClient.LostException e) {
            client.onLost(now);
        }
    }

    private void post(long now) {
        if (postsPerSecond == 0) {
            return;
        }
        owed += (now - pacedNanos) / 1e9 * postsPerSecond;
        pacedNanos = now;
        for (; owed >= 1; owed--) {
            LoadClient client = clients.get(turns.nextInt(clients.size()));
            if (client.unacknowledged() < OUTBOX_MAX) {
                client.say(now);
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
