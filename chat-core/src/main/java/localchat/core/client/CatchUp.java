package localchat.core.client;

import java.util.ArrayList;
import java.util.List;
import localchat.core.client.PendingRequests.Refused;
import localchat.core.model.ErrorCode;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.FetchEvents;
import localchat.core.protocol.wire.ServerFrame.KindCase;

/// Brings a room's events into their order, fetching what is missing between them. Belongs to the
/// session thread.
final class CatchUp {
    /// Who takes a room's events.
    interface Taker {
        /// An event came, in any order and perhaps again.
        void onArrived(RoomEvent event);

        /// The next event of its room.
        void onNext(RoomEvent event);
    }

    private final SessionParts parts;
    private final Taker taker;

    CatchUp(SessionParts parts, Taker taker) {
        this.parts = parts;
        this.taker = taker;
    }

    /// Takes what the server sent of a room, and asks for what is missing before it.
    void take(EnteredRoom room, List<Event> wireEvents) throws MalformedFrameException {
        List<RoomEvent> events = new ArrayList<>();
        for (Event wire : wireEvents) {
            events.add(localised(WireDecoding.event(wire), room.localId()));
        }
        events.forEach(taker::onArrived);
        room.track().take(events).forEach(taker::onNext);
        fetchGap(room);
    }

    /// Asks for what is missing, unless that is done already.
    void fetchGap(EnteredRoom room) {
        if (room.isFetching() || !room.isLive()) {
            return;
        }
        room.track().gap().ifPresent(gap -> fetch(room, gap));
    }

    private void fetch(EnteredRoom room, RoomTrack.Gap gap) {
        room.setFetching(true);
        FetchEvents fetch =
                FetchEvents.newBuilder()
                        .setRoomId(room.wireId())
                        .setFromSeq(gap.fromSeq())
                        .setToSeq(gap.toSeq())
                        .build();
        parts.requests()
                .ask(
                        ClientFrame.newBuilder().setFetchEvents(fetch),
                        KindCase.EVENT_PAGE,
                        frame -> onPage(room, gap, frame.getEventPage()),
                        refused -> onRefused(room, gap, refused));
    }

    private void onPage(EnteredRoom room, RoomTrack.Gap gap, EventPage page)
            throws MalformedFrameException {
        if (!room.isLive()) {
            return;
        }
        take(room, page.getEventsList());
        room.setFetching(false);
        if (room.track().lastSeq() < gap.fromSeq()) {
            giveUp(room, ErrorCode.NOT_FOUND);
        }
        fetchGap(room);
    }

    private void onRefused(EnteredRoom room, RoomTrack.Gap gap, Refused refused) {
        if (refused.lost() || !room.isLive()) {
            return;
        }
        if (refused.retryable()) {
            room.retry(parts.timers(), refused, () -> fetch(room, gap));
        } else {
            room.setFetching(false);
            giveUp(room, refused.code());
            fetchGap(room);
        }
    }

    /// The server does not have what is missing: the room goes on behind it, rather than stand
    /// still.
    private void giveUp(EnteredRoom room, ErrorCode code) {
        RoomTrack.Gap gap = room.track().gap().orElseThrow();
        String text =
                "messages %d to %d of %s could not be fetched"
                        .formatted(gap.fromSeq(), gap.toSeq(), room.info().name());
        parts.ear().tell(new SessionEvent.ErrorReported(code, text));
        room.track().skip(gap).forEach(taker::onNext);
    }

    /// An event with the front end's id of its room.
    static RoomEvent localised(RoomEvent event, long roomId) {
        return event.roomId() == roomId
                ? event
                : new RoomEvent(
                        roomId,
                        event.seq(),
                        event.timeMillis(),
                        event.senderId(),
                        event.senderName(),
                        event.id(),
                        event.body());
    }
}
