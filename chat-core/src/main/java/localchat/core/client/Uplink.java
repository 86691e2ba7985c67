package localchat.core.client;

import java.util.Optional;
import java.util.function.Consumer;
import localchat.core.protocol.wire.ClientFrame;

/// The way to the server while logged in. Belongs to the session thread.
final class Uplink {
    private Optional<Consumer<ClientFrame>> way = Optional.empty();
    private long lastRequestId = LoginDialog.REQUEST_ID_MAX;

    /// Logged in on a connection that sends like this.
    void attach(Consumer<ClientFrame> newWay) {
        way = Optional.of(newWay);
    }

    /// The connection is lost.
    void detach() {
        way = Optional.empty();
    }

    boolean isOnline() {
        return way.isPresent();
    }

    /// An id that no other frame of this session has.
    long newRequestId() {
        lastRequestId++;
        return lastRequestId;
    }

    /// Sends a frame; nothing happens when not logged in.
    void send(ClientFrame frame) {
        way.ifPresent(there -> there.accept(frame));
    }
}
