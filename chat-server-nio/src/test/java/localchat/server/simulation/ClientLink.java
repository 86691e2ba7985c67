package localchat.server.simulation;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;

/// One connection of a modelled client: requests and their answers, frames in pieces.
final class ClientLink {
    private final TurnPeer peer;
    private final Map<Long, Consumer<ServerFrame>> unanswered = new HashMap<>();
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private long lastRequestId;

    ClientLink(TurnPeer peer) {
        this.peer = peer;
    }

    TurnPeer peer() {
        return peer;
    }

    /// Sends a request.
    ///
    /// @param answered hears its answer
    void ask(ClientFrame.Builder frame, Consumer<ServerFrame> answered) {
        unanswered.put(say(frame), answered);
    }

    /// Sends a frame with a request id of its own.
    ///
    /// @return the request id
    long say(ClientFrame.Builder frame) {
        long id = ++lastRequestId;
        unsent.writeBytes(TurnPeer.bytes(frame.setRequestId(id).build()));
        return id;
    }

    /// Requests whose answer has not come, posts apart.
    int unanswered() {
        return unanswered.size();
    }

    /// Hands what was said to the connection, as one piece or cut somewhere.
    void push(Dice dice) {
        if (unsent.size() == 0) {
            return;
        }
        byte[] bytes = unsent.toByteArray();
        unsent.reset();
        if (bytes.length > 1 && dice.oneIn(16)) {
            int cut = dice.between(1, bytes.length - 1);
            peer.say(Arrays.copyOfRange(bytes, 0, cut));
            peer.say(Arrays.copyOfRange(bytes, cut, bytes.length));
        } else {
            peer.say(bytes);
        }
    }

    /// What the server said since the last call.
    List<ServerFrame> hear() {
        return peer.hear();
    }

    /// Tells whoever asked.
    ///
    /// @return whether it was the answer to a request that waited
    boolean answer(ServerFrame frame) {
        Consumer<ServerFrame> answered = unanswered.remove(frame.getRequestId());
        if (answered != null) {
            answered.accept(frame);
        }
        return answered != null;
    }
}
