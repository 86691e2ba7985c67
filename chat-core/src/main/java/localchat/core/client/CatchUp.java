package localchat.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        List<Event> events = page.getEventsList();
        if (!events.isEmpty() && events.getFirst().getSeq() > gap.fromSeq()) {
            // The server has the older ones no more.
            giveUp(room, gap.upTo(events.getFirst().getSeq() - 1), ErrorCode.NOT_FOUND);
        }
        take(room, events);
        room.setFetching(false);
        if (room.track().lastSeq() < gap.fromSeq()) {
            giveUp(room, gap, ErrorCode.NOT_FOUND);
        }
        fetchGap(room);
    }

    private void onRefused(EnteredRoom room, RoomTrack.Gap gap, Refused refused) {
        if (refused.lost() || !room.isLive()) {
            return;
        }
        // Too much asked for at once is refused here already: the server has what is missing.
        if (refused.retryable() || refused.code().retryable()) {
            room.retry(parts.timers(), refused, () -> fetch(room, gap));
        } else {
            room.setFetching(false);
            giveUp(room, gap, refused.code());
            fetchGap(room);
        }
    }

    /// The server does not have what it was asked for: the room goes on behind it, rather than
    /// stand still. What is missing beyond that was not asked for yet.
    private void giveUp(EnteredRoom room, RoomTrack.Gap asked, ErrorCode code) {
        Optional<RoomTrack.Gap> missing = room.track().gap();
        if (missing.isEmpty() || missing.get().fromSeq() > asked.toSeq()) {
            return;
        }
        RoomTrack.Gap gap = missing.get().upTo(asked.toSeq());
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
