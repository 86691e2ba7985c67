package localchat.core.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.client.Admission.History;
import localchat.core.client.SessionEvent.Refusal;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.store.OutboxFile;
import localchat.core.store.StoreException;

/// What earlier runs left for the server of this one: rooms to go back to and posts to be sent.
/// Belongs to the session thread.
///
/// Which server is at an address is known for sure only after the login. Until then it is taken for
/// the one that was there last time; nothing is sent to it before it has said who it is.
final class Memory {
    /// Where to look.
    ///
    /// @param store empty: nothing was left
    /// @param outbox of that store
    record Place(
            ServerAddress address, Optional<ClientStore> store, Optional<SqliteOutbox> outbox) {}

    private final SessionParts parts;
    private final Place place;
    private final Rooms rooms;
    private final Dialogue dialogue;
    private Optional<Id128> serverId = Optional.empty();

    Memory(SessionParts parts, Place place, Rooms rooms, Dialogue dialogue) {
        this.parts = parts;
        this.place = place;
        this.rooms = rooms;
        this.dialogue = dialogue;
    }

    /// Tells what was left for the server that was at this address last time.
    ///
    /// @return whether anything was
    boolean begin() {
        place.store().stream()
                .flatMap(store -> store.notices().stream())
                .forEach(notice -> tellTrouble(notice));
        serverId = lastAtAddress();
        serverId.ifPresent(this::turnTo);
        return !rooms.all().isEmpty();
    }

    private Optional<Id128> lastAtAddress() {
        try {
            return place.store().isPresent()
                    ? place.store().get().outbox().serverAt(place.address().toString())
                    : Optional.empty();
        } catch (StoreException e) {
            tellTrouble("The waiting messages cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// The server has said which one it is.
    void onConnected(Id128 now) {
        if (serverId.equals(Optional.of(now))) {
            return;
        }
        if (serverId.isPresent()) {
            dialogue.posts().onOtherServer();
            rooms.onOtherServer();
        }
        serverId = Optional.of(now);
        turnTo(now);
        try {
            if (place.store().isPresent()) {
                place.store().get().outbox().putServerAt(place.address().toString(), now);
            }
        } catch (StoreException e) {
            tellTrouble(
                    "This computer could not note which server this is, so that the next start"
                            + " begins without what is kept of it: "
                            + e.getMessage());
        }
    }

    private void turnTo(Id128 server) {
        Map<OutboxFile.Room, EnteredRoom> byPlace = new HashMap<>();
        for (RoomCache.Restored restored : dialogue.cache().turnTo(server, rooms::takeId)) {
            EnteredRoom room =
                    new EnteredRoom(
                            restored.wireId(),
                            restored.info(),
                            new History(server, restored.epoch()));
            room.track().restartAt(restored.lastSeq());
            rooms.giveWayTo(room);
            rooms.restore(room);
            rooms.placeOf(room.localId()).ifPresent(where -> byPlace.put(where, room));
            tell(restored);
        }
        if (place.outbox().isPresent()) {
            restorePosts(server, place.outbox().get(), byPlace);
        }
    }

    private void tell(RoomCache.Restored restored) {
        long roomId = restored.info().roomId();
        RoomCache.ReadState reading = restored.reading();
        long readSeq = Math.max(reading.seq(), reading.wantedSeq());
        RoomCache.ReadState left =
                reading.wantedSeq() > reading.seq()
                        ? dialogue.cache().readingAt(roomId, readSeq)
                        : reading;
        parts.ear()
                .tell(
                        new SessionEvent.RoomRestored(
                                restored.info(),
                                restored.lastSeq(),
                                restored.newest(),
                                restored.moreBefore(),
                                readSeq,
                                restored.draft()));
        dialogue.markers().restore(roomId, reading);
        if (readSeq > 0 || left.unread() > 0) {
            parts.ear()
                    .tell(
                            new SessionEvent.ReadMarkerMoved(
                                    roomId, readSeq, left.unread(), left.mentions()));
        }
    }

    private void restorePosts(
            Id128 server, SqliteOutbox outbox, Map<OutboxFile.Room, EnteredRoom> byPlace) {
        List<SqliteOutbox.Loaded> loaded = new ArrayList<>();
        int unreadable = 0;
        for (OutboxFile.Post post : postsFor(server)) {
            Optional<EventBody> body = StoredForms.body(post.body());
            if (body.isEmpty()) {
                unreadable++;
            } else {
                EnteredRoom room = roomOf(post.room(), server, byPlace);
                Outbox.Entry entry = new Outbox.Entry(post.id(), room.localId(), body.get());
                loaded.add(
                        new SqliteOutbox.Loaded(
                                new Outbox.Kept(entry, refusal(post)),
                                post.position(),
                                post.room()));
            }
        }
        if (unreadable > 0) {
            tellTrouble(
                    "This version of the program cannot read %d of the waiting messages; they are kept."
                            .formatted(unreadable));
        }
        outbox.turnTo(server, loaded);
        dialogue.posts().restore();
        for (SqliteOutbox.Loaded each : loaded) {
            Outbox.Kept kept = each.kept();
            parts.ear()
                    .tell(
                            new SessionEvent.PostRestored(
                                    kept.entry().roomId(),
                                    kept.entry().id(),
                                    kept.entry().body(),
                                    kept.refusal().isPresent()
                                            ? PostState.FAILED
                                            : PostState.WAITING,
                                    kept.refusal()));
        }
    }

    private List<OutboxFile.Post> postsFor(Id128 server) {
        try {
            return place.store().isPresent()
                    ? place.store().get().outbox().posts(server)
                    : List.of();
        } catch (StoreException e) {
            tellTrouble("The waiting messages cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private static Optional<Refusal> refusal(OutboxFile.Post post) {
        return post.refusalCode().isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(errorCode(post.refusalCode()), post.refusalText()));
    }

    /// Another version of this program may have written one that this one does not know.
    private static ErrorCode errorCode(String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst()
                .orElse(ErrorCode.INTERNAL);
    }

    /// The room of a post: one that the cache has or, when that was lost, one of which only this is
    /// known.
    private EnteredRoom roomOf(
            OutboxFile.Room where, Id128 server, Map<OutboxFile.Room, EnteredRoom> byPlace) {
        EnteredRoom known = byPlace.get(where);
        if (known != null) {
            return known;
        }
        EnteredRoom room = find(where).orElseGet(() -> restoreBlank(where, server));
        byPlace.put(where, room);
        return room;
    }

    private Optional<EnteredRoom> find(OutboxFile.Room where) {
        for (EnteredRoom room : rooms.all()) {
            boolean sameId =
                    room.wireId() == where.roomId() && room.history().epoch().equals(where.epoch());
            boolean sameName =
                    room.info().kind() == RoomKind.PUBLIC
                            && where.kind() == RoomKind.PUBLIC
                            && room.info().name().value().equals(where.name());
            if (sameId || sameName) {
                return Optional.of(room);
            }
        }
        return Optional.empty();
    }

    private EnteredRoom restoreBlank(OutboxFile.Room where, Id128 server) {
        boolean isNamed = RoomName.isShowable(where.name());
        RoomName name = new RoomName(isNamed ? where.name() : "room " + where.roomId());
        RoomInfo info = new RoomInfo(rooms.takeId(where.roomId()), name, where.kind(), "", 0, 0);
        History history = new History(server, where.epoch());
        EnteredRoom room = new EnteredRoom(where.roomId(), info, history).asBlank();
        rooms.restore(room);
        parts.ear().tell(new SessionEvent.RoomRestored(info, 0, List.of(), true, 0, ""));
        return room;
    }

    private void tellTrouble(String text) {
        parts.ear().tell(new SessionEvent.ErrorReported(ErrorCode.STORAGE_FAILED, text));
    }
}
