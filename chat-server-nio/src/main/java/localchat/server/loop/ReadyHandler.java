package localchat.server.loop;

/// Called by the loop when a registered channel is ready.
@FunctionalInterface
public interface ReadyHandler {
    /// The channel is ready.
    ///
    /// @param operations what it is ready for, as in [java.nio.channels.SelectionKey]
    void onReady(int operations);
}
