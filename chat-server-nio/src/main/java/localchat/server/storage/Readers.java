package localchat.server.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import localchat.core.model.ErrorCode;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;
import localchat.server.room.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads on connections of their own, beside the storage thread that writes. [#read] and what it
/// counts belong to the loop thread.
final class Readers {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    /// Threads, each with a connection.
    private static final int THREADS = 2;

    /// Readings that are with the threads at one time; further ones wait with the loop.
    private static final int HANDED_OUT_MAX = 256;

    /// Readings that wait with the loop; further ones are answered BUSY. Reason: three for each
    /// person one node is built for; at 2,000 a second the last waits for 16 s.
    private static final int WAITING_MAX = 32_768;

    /// What ends a thread.
    private static final Job<?> END =
            new Job<>(
                    sql -> {
                        throw new IllegalStateException("nothing is to be read");
                    },
                    reading -> {});

    private record Job<T>(Query<T> query, Consumer<Reading<T>> answer) {}

    private final Path database;
    private final Letters letters;
    private final StoreHealth health;
    private final Counters counters;
    private final LinkedBlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();
    private final ArrayDeque<Job<?>> waiting = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private int handedOut;

    Readers(Path database, Letters letters, StoreHealth health, Counters counters) {
        this.database = database;
        this.letters = letters;
        this.health = health;
        this.counters = counters;
    }

    /// Starts the threads.
    ///
    /// @throws IOException when the database cannot be read
    void start() throws IOException, SQLException {
        List<Sql> connections = connections();
        for (int i = 0; i < THREADS; i++) {
            Sql sql = connections.get(i);
            threads.add(
                    Thread.ofPlatform()
                            .name("chat-storage-read-" + (i + 1))
                            .daemon()
                            .start(() -> run(sql)));
        }
    }

    private List<Sql> connections() throws IOException, SQLException {
        List<Sql> connections = new ArrayList<>();
        boolean opened = false;
        try {
            for (int i = 0; i < THREADS; i++) {
                connections.add(Database.openReader(database));
            }
            opened = true;
            return connections;
        } finally {
            if (!opened) {
                connections.forEach(StoreOpening::closeQuietly);
            }
        }
    }

    /// Has something read; the answer comes on the loop thread.
    <T> void read(Query<T> query, Consumer<Reading<T>> answer) {
        if (waiting.size() >= WAITING_MAX) {
            answer.accept(
                    new Reading.Failed<>(ErrorCode.BUSY, "too much waits to be read; try later"));
            return;
        }
        waiting.add(new Job<>(query, answer));
        handOut();
    }

    private void handOut() {
        while (handedOut < HANDED_OUT_MAX && !waiting.isEmpty()) {
            handedOut++;
            jobs.add(waiting.remove());
        }
    }

    private void run(Sql sql) {
        try (sql) {
            Job<?> job = jobs.take();
            while (!job.equals(END)) {
                perform(job, sql);
                job = jobs.take();
            }
        } catch (InterruptedException e) {
            LOG.warn("a thread that reads was interrupted: it ends");
        } catch (SQLException e) {
            LOG.warn("closing a connection that reads failed error={}", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("a thread that reads ended by a fault", e);
            health.onEnd(e);
        }
    }

    private <T> void perform(Job<T> job, Sql sql) {
        Reading<T> reading = reading(job.query(), sql);
        letters.send(() -> {
            handedOut--;
            counters.add(Counter.READINGS);
            handOut();
            job.answer().accept(reading);
        });
    }

    private <T> Reading<T> reading(Query<T> query, Sql sql) {
        try {
            sql.run("BEGIN");
            T value = query.read(sql);
            sql.run("COMMIT");
            return new Reading.Found<>(value);
        } catch (SQLException e) {
            sql.rollback();
            if (StorageFault.of(e, false) == StorageFault.DAMAGED) {
                health.onDamage(String.valueOf(e.getMessage()));
            } else {
                LOG.warn("the database cannot be read error={}", e.getMessage());
            }
        } catch (RuntimeException e) {
            sql.rollback();
            LOG.error("fault in reading the database", e);
        }
        return new Reading.Failed<>(
                ErrorCode.STORAGE_FAILED, "the server could not read this from its database");
    }

    /// Has the threads end. What is with them is still read.
    void close() {
        threads.forEach(thread -> jobs.add(END));
    }

    /// Waits for the threads to end, after [#close].
    ///
    /// @param patience longest wait for each
    /// @return whether all have
    boolean awaitEnd(Duration patience) throws InterruptedException {
        boolean ended = true;
        for (Thread thread : threads) {
            ended &= thread.join(patience);
        }
        return ended;
    }
}
