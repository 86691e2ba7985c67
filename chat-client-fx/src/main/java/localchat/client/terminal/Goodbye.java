package localchat.client.terminal;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import localchat.core.client.ChatSession;
import localchat.core.client.SessionEvent;

/// Ends a session so that the server hears of it.
final class Goodbye {
    /// Longest wait for the session's end. Reason: it takes one round trip, and everything that
    /// matters is acknowledged before.
    private static final long WAIT_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(500);

    private Goodbye() {}

    /// Closes the session and waits a moment for its end, which comes as the last notice; then the
    /// inbox is closed too.
    ///
    /// @param hasEnded whether the session said already that it ended
    static void say(ChatSession session, boolean hasEnded, Inbox inbox, NanoClock clock)
            throws InterruptedException {
        session.close();
        boolean ended = hasEnded;
        long end = clock.nanos() + WAIT_NANOS_MAX;
        while (!ended && clock.nanos() - end < 0) {
            Optional<Notice> notice = inbox.poll(end - clock.nanos());
            ended =
                    notice.isPresent()
                            && notice.get() instanceof Notice.Heard(SessionEvent event)
                            && event instanceof SessionEvent.Ended;
        }
        inbox.close();
    }
}
