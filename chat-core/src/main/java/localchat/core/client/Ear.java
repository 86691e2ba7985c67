package localchat.core.client;

/// Tells the front end what happened and survives what the front end throws. Belongs to the session
/// thread.
final class Ear {
    private final SessionListener listener;
    private boolean closed;

    Ear(SessionListener listener) {
        this.listener = listener;
    }

    /// Tells one event; nothing after an [SessionEvent.Ended].
    void tell(SessionEvent event) {
        if (closed) {
            return;
        }
        closed = event instanceof SessionEvent.Ended;
        try {
            listener.onSessionEvent(event);
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    /// Hands a fault to the thread's uncaught-exception handler, which ends nothing.
    static void report(Throwable fault) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    }
}
