package localchat.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import localchat.server.loop.Mailbox;
import localchat.server.net.HandshakeJob;
import localchat.server.net.HandshakeTasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Computes key exchanges and signatures of handshakes on a thread of its own, at most
/// [#WAITING_MAX] waiting; the answers go through the mailbox, where places are reserved for them.
///
/// One thread: with the loop it fills the two cores of a small box, and a flood of handshakes costs
/// those who are there no more than the half of it.
final class HandshakeWorkers implements HandshakeTasks, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeWorkers.class);

    /// Handshakes that may wait. Reason: some 2,000 are done within the 10 seconds that a login may
    /// take; who comes behind those would wait in vain.
    static final int WAITING_MAX = 2_048;

    private final Mailbox mailbox;
    private final ThreadPoolExecutor workers;

    HandshakeWorkers(Mailbox mailbox) {
        this.mailbox = mailbox;
        this.workers =
                new ThreadPoolExecutor(
                        1,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING_MAX),
                        task -> Thread.ofPlatform().name("tls-handshake").daemon().unstarted(task));
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public boolean run(HandshakeJob job) {
        try {
            workers.execute(new Work(job));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public void cancel(HandshakeJob job) {
        workers.remove(new Work(job));
    }

    /// Equal when it is the same job.
    private final class Work implements Runnable {
        private final HandshakeJob job;

        private Work(HandshakeJob job) {
            this.job = job;
        }

        @Override
        public void run() {
            try {
                job.tasks().forEach(Runnable::run);
            } catch (RuntimeException e) {
                LOG.error("a fault in a handshake: its connection will end", e);
            }
            mailbox.postReserved(job.done());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Work work && work.job == job;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(job);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
