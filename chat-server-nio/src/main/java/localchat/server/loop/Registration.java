package localchat.server.loop;

/// A channel's place in the selector. Belongs to the loop thread. Tests bring their own.
public interface Registration {
    /// Sets what to be woken for, as in [java.nio.channels.SelectionKey]; costs nothing when
    /// unchanged.
    void interest(int operations);

    /// Takes the channel out of the selector.
    void cancel();
}
