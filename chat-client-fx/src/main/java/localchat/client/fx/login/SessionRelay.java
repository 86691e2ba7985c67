package localchat.client.fx.login;

import java.util.concurrent.Executor;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionListener;

/// Carries a session's events from its thread to the JavaFX thread and there to whoever listens at
/// that moment: first the login, then the chat. No event is lost or reordered between the two.
public final class SessionRelay implements SessionListener {
    private final Executor ui;
    private SessionListener listener;

    /// Events go to `first` until [#listen] names another.
    ///
    /// @param ui runs tasks on the JavaFX thread in the order given
    SessionRelay(Executor ui, SessionListener first) {
        this.ui = ui;
        this.listener = first;
    }

    /// From now on events go to this listener. On the JavaFX thread only.
    public void listen(SessionListener next) {
        listener = next;
    }

    /// Hands an event on that the listener before could not handle itself. On the JavaFX thread
    /// only.
    void pass(SessionEvent event) {
        listener.onSessionEvent(event);
    }

    @Override
    public void onSessionEvent(SessionEvent event) {
        ui.execute(() -> listener.onSessionEvent(event));
    }
}
