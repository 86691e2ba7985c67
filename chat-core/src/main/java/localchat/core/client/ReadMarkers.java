package localchat.core.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import localchat.core.client.PendingRequests.Refused;
import localchat.core.client.RoomCache.ReadState;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.MarkRead;
import localchat.core.protocol.wire.ReadMarker;
import localchat.core.protocol.wire.ServerFrame.KindCase;
import org.jspecify.annotations.Nullable;

/// How far the user has read each room: what the front end says goes to the server, what the server
/// says of the user's other devices comes back, and the higher one counts. Belongs to the session
/// thread.
final class ReadMarkers {
    /// Shortest time between two markers of one room on the wire, in nanoseconds. Reason: scrolling
    /// moves the marker many times a second, and only the last one counts.
    static final long REPEAT_NANOS = 1_000_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final class Marker {
        private ReadState state = ReadState.NONE;
        private boolean wasSent;
        private long notBeforeNanos;
        private Timers.@Nullable Timer timer;
    }

    private final SessionParts parts;
    private final Rooms rooms;
    private final RoomCache cache;
    private final Map<Long, Marker> markers = new HashMap<>();

    ReadMarkers(SessionParts parts, Rooms rooms, RoomCache cache) {
        this.parts = parts;
        this.rooms = rooms;
        this.cache = cache;
    }

    /// Takes over what an earlier run knew.
    void restore(long roomId, ReadState state) {
        marker(roomId).state = state;
    }

    /// The user has read everything up to here.
    void markRead(long roomId, long seq) {
        Optional<EnteredRoom> room = rooms.find(roomId);
        if (room.isEmpty()) {
            return;
        }
        Marker marker = marker(roomId);
        long newest = Math.max(room.get().track().lastSeq(), room.get().info().headSeq());
        long wanted = Math.min(seq, newest);
        if (wanted <= Math.max(marker.state.seq(), marker.state.wantedSeq())) {
            return;
        }
        change(
                roomId,
                new ReadState(
                        marker.state.seq(),
                        marker.state.unread(),
                        marker.state.mentions(),
                        wanted));
        if (!room.get().isLive()) {
            tellMeanwhile(roomId, wanted);
        }
        send(roomId, marker);
    }

    /// While the server cannot be asked, what is kept here tells what is left unread.
    private void tellMeanwhile(long roomId, long seq) {
        ReadState meanwhile = cache.readingAt(roomId, seq);
        parts.ear()
                .tell(
                        new SessionEvent.ReadMarkerMoved(
                                roomId, seq, meanwhile.unread(), meanwhile.mentions()));
    }

    /// The next event of a room: what others say is not read yet. What was there when the room was
    /// entered is in the server's count.
    void onEvent(EnteredRoom room, RoomEvent event, long selfId) {
        if (event.body() instanceof EventBody.Message message
                && event.senderId() != selfId
                && event.seq() > room.info().headSeq()) {
            ReadState state = marker(event.roomId()).state;
            int mentions = message.mentions().contains(selfId) ? 1 : 0;
            change(
                    event.roomId(),
                    new ReadState(
                            state.seq(),
                            state.unread() + 1,
                            state.mentions() + mentions,
                            state.wantedSeq()));
        }
    }

    /// A room was entered: what the server was not told goes out.
    void onEntered(EnteredRoom room, boolean invalid) {
        Marker marker = marker(room.localId());
        if (invalid) {
            change(room.localId(), ReadState.NONE);
        }
        send(room.localId(), marker);
    }

    /// A room was left.
    void onLeft(long roomId) {
        Marker marker = markers.remove(roomId);
        if (marker != null) {
            cancel(marker);
        }
    }

    /// The connection is lost.
    void onLost() {
        markers.values().forEach(this::cancel);
    }

    private void cancel(Marker marker) {
        if (marker.timer != null) {
            marker.timer.cancel();
            marker.timer = null;
        }
    }

    private Marker marker(long roomId) {
        return markers.computeIfAbsent(roomId, _ -> new Marker());
    }

    private void send(long roomId, Marker marker) {
        Optional<Long> wireId = rooms.enteredWireId(roomId);
        if (wireId.isEmpty() || marker.state.wantedSeq() == 0 || marker.timer != null) {
            return;
        }
        long wait = marker.notBeforeNanos - parts.timers().nowNanos();
        if (marker.wasSent && wait > 0) {
            marker.timer =
                    parts.timers()
                            .in(
                                    wait,
                                    () -> {
                                        marker.timer = null;
                                        send(roomId, marker);
                                    });
            return;
        }
        marker.wasSent = true;
        marker.notBeforeNanos = parts.timers().nowNanos() + REPEAT_NANOS;
        long seq = marker.state.wantedSeq();
        MarkRead mark = MarkRead.newBuilder().setRoomId(wireId.get()).setSeq(seq).build();
        parts.requests()
                .ask(
                        ClientFrame.newBuilder().setMarkRead(mark),
                        KindCase.READ_MARKER,
                        frame -> onMarker(frame.getReadMarker()),
                        refused -> onRefused(roomId, seq, refused));
    }

    private void onRefused(long roomId, long seq, Refused refused) {
        Marker marker = markers.get(roomId);
        if (marker == null || refused.lost()) {
            return;
        }
        if (refused.retryable()) {
            long asked =
                    Math.min(refused.retryAfterMillis(), ReconnectPolicy.RETRY_AFTER_MILLIS_MAX);
            marker.notBeforeNanos += asked * NANOS_PER_MILLI;
            send(roomId, marker);
        } else if (marker.state.wantedSeq() == seq) {
            ReadState state = marker.state;
            change(roomId, new ReadState(state.seq(), state.unread(), state.mentions(), 0));
        }
    }

    /// Where the server says that reading was left, in answer or by itself.
    void onMarker(ReadMarker wire) throws MalformedFrameException {
        long seq = WireDecoding.count("read_marker.seq", wire.getSeq());
        int unread = WireDecoding.people(wire.getUnread());
        int mentions = WireDecoding.people(wire.getMentions());
        Optional<Long> roomId = rooms.enteredLocalId(wire.getRoomId());
        if (roomId.isEmpty()) {
            return;
        }
        ReadState before = marker(roomId.get()).state;
        if (seq < before.seq()) {
            return;
        }
        long wanted = before.wantedSeq() > seq ? before.wantedSeq() : 0;
        change(roomId.get(), new ReadState(seq, unread, mentions, wanted));
        if (wanted == 0) {
            parts.ear().tell(new SessionEvent.ReadMarkerMoved(roomId.get(), seq, unread, mentions));
        }
    }

    private void change(long roomId, ReadState state) {
        marker(roomId).state = state;
        cache.saveReading(roomId, state);
    }
}
