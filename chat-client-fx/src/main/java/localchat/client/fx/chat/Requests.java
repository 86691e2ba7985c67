package localchat.client.fx.chat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import localchat.core.client.ChatSession;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;

/// Asks the session for what it does not tell by itself, and puts the answers into the rooms. A
/// request that fails changes nothing: the connection was lost, and all is asked again when it is
/// back. Belongs to the JavaFX thread.
final class Requests {
    /// Messages of history asked for at a time. Reason: three screens full.
    static final int PAGE_MESSAGES = 100;

    /// People of a room asked for. Reason: more are not looked through by eye.
    static final int PEOPLE_MAX = 500;

    private final ChatSession session;
    private final RoomDirectory rooms;
    private final Executor ui;

    Requests(ChatSession session, RoomDirectory rooms, Executor ui) {
        this.session = session;
        this.rooms = rooms;
        this.ui = ui;
    }

    void rooms() {
        ask(session.listRooms(), all -> all.ifPresent(rooms::listed));
    }

    void people(RoomModel room) {
        ask(
                session.listPeople(room.roomId(), PEOPLE_MAX),
                list ->
                        list.ifPresent(there -> {
                            room.people().replace(there.people());
                            room.setOnline(there.total());
                        }));
    }

    void newest(RoomModel room) {
        history(room, new HistoryAnchor.Newest());
    }

    void older(RoomModel room) {
        if (room.moreBefore && !room.historyUnderWay) {
            room.timeline()
                    .firstSeq()
                    .ifPresent(seq -> history(room, new HistoryAnchor.Before(seq)));
        }
    }

    private void history(RoomModel room, HistoryAnchor anchor) {
        room.historyUnderWay = true;
        ask(
                session.history(room.roomId(), anchor, PAGE_MESSAGES),
                page -> {
                    room.historyUnderWay = false;
                    page.ifPresent(there -> take(room, there));
                });
    }

    private static void take(RoomModel room, HistoryMessages page) {
        room.historyLoaded = true;
        room.moreBefore = page.moreBefore();
        room.timeline().receiveAll(page.messages());
    }

    /// @param then gets the answer, or nothing when there is none
    private <T> void ask(CompletableFuture<T> answer, Consumer<Optional<T>> then) {
        var _ =
                answer.whenCompleteAsync(
                        (value, failure) ->
                                then.accept(
                                        failure == null ? Optional.of(value) : Optional.empty()),
                        ui);
    }
}
