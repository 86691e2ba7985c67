package localchat.core.client;

/// A front end's ear. Called on the session thread, one event after the other, never concurrently;
/// what it throws is reported to the session's uncaught-exception handler and ends nothing.
@FunctionalInterface
public interface SessionListener {
    /// Something happened. Must return soon: the next frame waits for it.
    void onSessionEvent(SessionEvent event);
}
