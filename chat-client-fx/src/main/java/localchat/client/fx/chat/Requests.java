package localchat.client.fx.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.ChatSession;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.client.RequestException;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;

/// Asks the session for what it does not tell by itself, and puts the answers into the rooms. A
/// request that fails changes nothing: the connection was lost, and all is asked again when it is
/// back. Belongs to the JavaFX thread.
final class Requests {
    /// Messages of history asked for at a time. Reason: three screens full.
    static final int PAGE_MESSAGES = 100;

    /// People of a room asked for. Reason: more are not looked through by eye.
    static final int PEOPLE_MAX = 500;

    /// Quoted messages that wait to be asked for. Reason: more than one page of replies; those past
    /// it stay without their words until they are seen again.
    static final int QUOTES_MAX = 200;

    private record Quoted(RoomModel room, long seq) {}

    private final ChatSession session;
    private final RoomDirectory rooms;
    private final Executor ui;
    private final Deque<Quoted> quotes = new ArrayDeque<>();
    private boolean quoteUnderWay;

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
                            there.people().forEach(room::met);
                            room.people().replace(there.people());
                            room.setOnline(there.total());
                        }));
    }

    /// The newest page.
    ///
    /// @param then gets whether it came
    void newest(RoomModel room, Consumer<Boolean> then) {
        history(room, new HistoryAnchor.Newest(), page -> then.accept(page.isPresent()));
    }

    void older(RoomModel room) {
        if (room.timeline().hasMoreBefore() && isFree(room)) {
            room.timeline()
                    .firstSeq()
                    .ifPresent(seq -> {
                        room.setLoading(true, false);
                        history(room, new HistoryAnchor.Before(seq), page -> pause(room, page));
                    });
        }
    }

    void newer(RoomModel room, Runnable then) {
        if (room.timeline().moreAfterProperty().get() && isFree(room)) {
            room.timeline()
                    .lastSeq()
                    .ifPresent(seq -> {
                        room.setLoading(false, true);
                        history(
                                room,
                                new HistoryAnchor.After(seq),
                                page -> {
                                    pause(room, page);
                                    then.run();
                                });
                    });
        }
    }

    /// A page around a place, or from a time on.
    ///
    /// @param then gets the page, or nothing when there is none
    void at(RoomModel room, HistoryAnchor anchor, Consumer<Optional<HistoryMessages>> then) {
        history(room, anchor, then);
    }

    /// Asks for the messages that others in the room quote and nobody has told about.
    void quotes(RoomModel room) {
        for (long seq : room.timeline().takeUnknownTargets()) {
            if (quotes.size() < QUOTES_MAX) {
                quotes.add(new Quoted(room, seq));
            }
        }
        nextQuote();
    }

    /// Waits for what the person wanted done.
    ///
    /// @param failed gets why it was not, in words a person can act on
    <T> void command(CompletableFuture<T> answer, Consumer<T> done, Consumer<Phrase> failed) {
        var _ =
                answer.whenCompleteAsync(
                        (value, failure) -> {
                            if (failure == null) {
                                done.accept(value);
                            } else {
                                failed.accept(reason(failure));
                            }
                        },
                        ui);
    }

    private static Phrase reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof RequestException refused
                ? Refusals.of(refused.code(), String.valueOf(refused.getMessage()))
                : Refusals.of(ErrorCode.INTERNAL, String.valueOf(cause.getMessage()));
    }

    private static boolean isFree(RoomModel room) {
        return room.pagesUnderWay == 0 && !room.historyPaused;
    }

    /// What brought nothing is not asked again before the person scrolls or the connection is back.
    private static void pause(RoomModel room, Optional<HistoryMessages> page) {
        room.historyPaused = page.map(there -> there.messages().isEmpty()).orElse(true);
    }

    private void history(
            RoomModel room, HistoryAnchor anchor, Consumer<Optional<HistoryMessages>> then) {
        room.pagesUnderWay++;
        ask(
                session.history(room.roomId(), anchor, PAGE_MESSAGES),
                page -> {
                    room.pagesUnderWay--;
                    page.filter(there -> fits(room, anchor))
                            .ifPresent(there -> take(room, there, anchor));
                    if (room.pagesUnderWay == 0) {
                        room.setLoading(false, false);
                    }
                    then.accept(page);
                });
    }

    /// Whether what was asked for still belongs to what is here: the window may have gone elsewhere
    /// while the page was on its way.
    private static boolean fits(RoomModel room, HistoryAnchor anchor) {
        Timeline timeline = room.timeline();
        return switch (anchor) {
            case HistoryAnchor.Before(long seq) -> timeline.firstSeq().orElse(0) == seq;
            case HistoryAnchor.After(long seq) ->
                    timeline.moreAfterProperty().get() && timeline.lastSeq().orElse(0) == seq;
            case HistoryAnchor.Newest _, HistoryAnchor.Around _, HistoryAnchor.FromTime _ -> true;
        };
    }

    private void take(RoomModel room, HistoryMessages page, HistoryAnchor anchor) {
        if (anchor instanceof HistoryAnchor.Newest) {
            room.historyLoaded = true;
        }
        page.messages()
                .forEach(message -> room.met(message.senderId(), message.senderName().value()));
        room.timeline().take(page, anchor);
        quotes(room);
    }

    private void nextQuote() {
        Quoted next = quoteUnderWay ? null : quotes.poll();
        if (next == null) {
            return;
        }
        quoteUnderWay = true;
        ask(
                session.history(next.room().roomId(), new HistoryAnchor.Around(next.seq()), 2),
                page -> {
                    quoteUnderWay = false;
                    page.ifPresent(there -> learn(next, there));
                    nextQuote();
                });
    }

    private static void learn(Quoted wanted, HistoryMessages page) {
        List<ChatMessage> found =
                page.messages().stream().filter(each -> each.seq() == wanted.seq()).toList();
        found.forEach(message -> wanted.room().timeline().learn(message, page.trueAsOfSeq()));
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
