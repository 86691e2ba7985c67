package localchat.server.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.DeviceKey;
import localchat.core.model.Id128;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.FetchEvents;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
import localchat.server.TestPeer;
import localchat.server.oracle.StoreContent;
import localchat.server.oracle.StoreContent.Stored;

/// What a client is given that was never there before and asks for everything.
final class StoredHistory {
    private static final long BUSY_MILLIS = 100;
    private static final int BUSY_MAX = 200;

    private StoredHistory() {}

    /// All events of these rooms, as `FetchEvents` gives them: read from the database, all the way.
    ///
    /// @throws RefusedException when the server would not give some of it
    static StoreContent read(InetSocketAddress server, List<String> rooms) throws Exception {
        try (TestPeer peer = TestPeer.connect(server, DeviceKey.generate())) {
            Welcome welcome = peer.login("reader " + Long.toHexString(System.nanoTime()));
            StoreContent content = new StoreContent(Id128.of(welcome.getEpoch().toByteArray()));
            for (String name : rooms) {
                RoomEntered entered = peer.join(name);
                read(peer, entered.getRoom().getRoomId(), content);
            }
            return content;
        }
    }

    private static void read(TestPeer peer, long roomId, StoreContent content) throws Exception {
        long from = 1;
        Optional<EventPage> page = Optional.of(fetch(peer, roomId, from));
        while (page.isPresent()) {
            for (Event event : page.get().getEventsList()) {
                content.add(roomId, stored(event));
                from = event.getSeq() + 1;
            }
            page = page.get().getMore() ? Optional.of(fetch(peer, roomId, from)) : Optional.empty();
        }
    }

    private static Stored stored(Event event) throws IOException {
        try {
            return Stored.of(WireDecoding.event(event));
        } catch (MalformedFrameException e) {
            throw new IOException("no event: " + event, e);
        }
    }

    private static EventPage fetch(TestPeer peer, long roomId, long from) throws Exception {
        for (int attempt = 0; attempt < BUSY_MAX; attempt++) {
            ServerFrame answer =
                    peer.request(
                            ClientFrame.newBuilder()
                                    .setFetchEvents(
                                            FetchEvents.newBuilder()
                                                    .setRoomId(roomId)
                                                    .setFromSeq(from)));
            if (answer.hasEventPage()) {
                return answer.getEventPage();
            }
            if (answer.getError().getCode() != ErrorCode.BUSY) {
                throw new RefusedException(answer.getError().getCode());
            }
            TimeUnit.MILLISECONDS.sleep(BUSY_MILLIS); // The allowance of requests is used up.
        }
        throw new IOException("the server is busy all the time");
    }

    /// The server said that it cannot give what was asked for.
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        private final ErrorCode code;

        RefusedException(ErrorCode code) {
            super("refused: " + code);
            this.code = code;
        }

        ErrorCode code() {
            return code;
        }
    }
}
