package localchat.server.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// All connections of a run, on one selector.
final class Crowd implements AutoCloseable {
    /// Most bytes of one read call, and at least the largest frame.
    static final int READ_BYTES = 256 * 1024;

    /// Logins under way at once. Reason: enough to keep a server busy, and fewer than it allows.
    private static final int LOGINS_AT_ONCE = 64;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int TURN_MILLIS = 20;

    private final Wire wire;
    private final InetSocketAddress server;
    private final Seating seating;
    private final int checkEvery;
    private final Selector selector = Selector.open();
    private final Consumer<SelectionKey> onKey = this::onKey;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(2 * READ_BYTES);
    private final List<Client> clients = new ArrayList<>();
    private final List<Client> waiting = new ArrayList<>();
    private final Tally tally = new Tally();
    private Optional<Throttle> throttle = Optional.empty();
    private int ready;

    /// @param checkEvery every so many clients one examines what it receives; the last one does
    Crowd(Wire wire, InetSocketAddress server, Seating seating, int checkEvery) throws IOException {
        this.wire = wire;
        this.server = server;
        this.seating = seating;
        this.checkEvery = checkEvery;
    }

    /// Connects further clients until so many are logged in and in their rooms.
    ///
    /// @param streams streams of messages that there will be, for the check of their order
    void seat(int people, int streams) throws IOException {
        int seen = ready;
        long progressNanos = System.nanoTime();
        while (ready < people) {
            while (clients.size() < people && clients.size() - ready < LOGINS_AT_ONCE) {
                open(streams);
            }
            turn(TURN_MILLIS);
            if (ready > seen) {
                seen = ready;
                progressNanos = System.nanoTime();
            } else if (System.nanoTime() - progressNanos > PATIENCE_NANOS) {
                throw new IOException("only %,d of %,d could join".formatted(ready, people));
            }
        }
    }

    private void open(int streams) throws IOException {
        int number = clients.size();
        Client client = new Client(this, number, selector, server);
        clients.add(client);
        if ((number + 1) % checkEvery == 0 || number == seating.people() - 1) {
            client.examineWith(new OrderCheck(streams));
        }
    }

    /// Writes what waits, waits for bytes and takes them.
    ///
    /// @param waitMillis longest wait; 0: none
    void turn(int waitMillis) throws IOException {
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).flush();
        }
        waiting.clear();
        try {
            if (throttle.isPresent()) {
                throttle.get().onTurn(scratch);
            }
            if (waitMillis == 0) {
                selector.selectNow(onKey);
            } else {
                selector.select(onKey, waitMillis);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void onKey(SelectionKey key) {
        try {
            ((Client) key.attachment()).onKey(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Turns for so long, taking what comes.
    void listen(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            turn(TURN_MILLIS);
        }
    }

    /// Lets the last client read so slowly; the rest is counted without it from now on.
    void slowDown(int bytesPerSecond) throws IOException {
        clients.getLast().separate(new Tally());
        throttle = Optional.of(new Throttle(clients.getLast(), bytesPerSecond));
    }

    /// Lets the slow client read at full speed until it has received so many messages.
    ///
    /// @return the seconds that it took; it gives up when nothing came for a while
    double catchUp(long messages) throws IOException {
        Client slow = clients.getLast();
        throttle = Optional.empty();
        slow.rejoin();
        long start = System.nanoTime();
        long progressNanos = start;
        long seen = slow.received();
        while (slow.received() < messages && System.nanoTime() - progressNanos < PATIENCE_NANOS) {
            turn(TURN_MILLIS);
            if (slow.received() > seen) {
                seen = slow.received();
                progressNanos = System.nanoTime();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    void onWaiting(Client client) {
        waiting.add(client);
    }

    void onReady() {
        ready++;
    }

    /// How many messages the clients should have received and have not, or have received too often.
    ///
    /// @param sentToRoom messages sent, by room
    long missing(long[] sentToRoom) {
        long missing = 0;
        for (Client client : clients) {
            long expected = 0;
            for (int room : client.rooms()) {
                expected += sentToRoom[room];
            }
            missing += Math.abs(expected - client.received());
        }
        return missing;
    }

    /// What the examining clients saw out of order.
    long outOfOrder() {
        return clients.stream().mapToLong(Client::faults).sum();
    }

    List<Client> clients() {
        return clients;
    }

    Wire wire() {
        return wire;
    }

    Seating seating() {
        return seating;
    }

    /// Counts all but a slow client.
    Tally tally() {
        return tally;
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.close();
        }
        selector.close();
    }
}
