package localchat.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import localchat.core.identity.LoginProof;
import localchat.server.loop.Mailbox;
import localchat.server.session.ProofCheck;

/// Checks login signatures on threads of its own, at most [#WAITING_MAX] waiting; the answers go
/// through the mailbox, where places are reserved for them.
final class ProofWorkers implements ProofCheck, AutoCloseable {
    /// Proofs that may wait. Reason: 4,096 take two seconds or so; more is a flood, answered BUSY.
    private static final int WAITING_MAX = 4_096;

    private final Mailbox mailbox;
    private final ThreadPoolExecutor workers;

    ProofWorkers(Mailbox mailbox) {
        this.mailbox = mailbox;
        this.workers =
                new ThreadPoolExecutor(
                        1,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING_MAX),
                        task -> Thread.ofPlatform().name("login-proof").daemon().unstarted(task));
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public boolean check(
            byte[] publicKey, byte[] signed, byte[] signature, Consumer<Boolean> answer) {
        try {
            workers.execute(() -> {
                boolean good = LoginProof.verify(publicKey, signed, signature);
                mailbox.postReserved(() -> answer.accept(good));
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
