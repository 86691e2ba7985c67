package localchat.client.fx.chat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.ChatSession;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.client.SessionEvent;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;

/// Where the person reads: where a room opens, what counts as read, and the jumps through a room's
/// history. Belongs to the JavaFX thread.
///
/// A message counts as read when its room is shown in a window that has the focus and the newest
/// message is in sight.
public final class Reading {
    private final ChatSession session;
    private final RoomDirectory rooms;
    private final Requests requests;
    private final Consumer<Phrase> notice;
    private final Executor later;
    private final Paced tell;

    /// How far rooms were read that the server has not heard of, by room id.
    private final Map<Long, Long> untold = new HashMap<>();

    private final ReadOnlyBooleanWrapper focused =
            new ReadOnlyBooleanWrapper(this, "focused", true);

    /// Whether the newest row of the room that is shown is in sight.
    private boolean atEnd;

    /// @param later runs tasks on the JavaFX thread a while later
    /// @param notice tells the person something
    Reading(
            ChatSession session,
            RoomDirectory rooms,
            Requests requests,
            Executor later,
            Consumer<Phrase> notice) {
        this.session = session;
        this.rooms = rooms;
        this.requests = requests;
        this.notice = notice;
        this.later = later;
        tell = new Paced(later, this::tell);
    }

    /// Whether the window has the focus.
    public ReadOnlyBooleanProperty focusedProperty() {
        return focused.getReadOnlyProperty();
    }

    /// The window got or lost the focus.
    public void setFocused(boolean now) {
        focused.set(now);
        seen();
    }

    /// The newest row of the room that is shown came into sight, or went out of it.
    public void setAtEnd(boolean now) {
        atEnd = now;
        seen();
    }

    /// The oldest message here came near: fetches those before it.
    public void loadOlder() {
        current().ifPresent(requests::older);
    }

    /// The newest message here came near: fetches those after it.
    public void loadNewer() {
        current().ifPresent(room -> requests.newer(room, this::seen));
    }

    /// The person scrolled: what brought nothing before may be asked again.
    public void scrolled() {
        current().ifPresent(room -> room.historyPaused = false);
    }

    /// Goes to the newest message.
    public void jumpToLatest() {
        current()
                .ifPresent(room -> {
                    if (room.timeline().moreAfterProperty().get()) {
                        requests.newest(room, came -> room.jumpTo(new Jump.ToEnd()));
                    } else {
                        room.jumpTo(new Jump.ToEnd());
                    }
                });
    }

    /// Goes to a message, and fetches it when it is not here.
    public void jumpToMessage(long seq) {
        current()
                .ifPresent(room -> {
                    if (room.timeline().indexOf(seq).isPresent()) {
                        room.jumpTo(new Jump.ToMessage(seq));
                        return;
                    }
                    requests.at(
                            room,
                            new HistoryAnchor.Around(seq),
                            page -> {
                                if (room.timeline().indexOf(seq).isPresent()) {
                                    room.jumpTo(new Jump.ToMessage(seq));
                                } else {
                                    tellNone(page, "notice.noMessage");
                                }
                            });
                });
    }

    /// Goes to the first message of a day, or the first one after it.
    public void jumpToDay(LocalDate day, ZoneId zone) {
        long midnight = day.atStartOfDay(zone).toInstant().toEpochMilli();
        current()
                .ifPresent(room ->
                        requests.at(
                                room,
                                new HistoryAnchor.FromTime(midnight),
                                page -> {
                                    Optional<ChatMessage> first =
                                            page.flatMap(
                                                    there -> there.messages().stream().findFirst());
                                    first.ifPresentOrElse(
                                            message -> room.jumpTo(new Jump.ToDay(message.seq())),
                                            () -> tellNone(page, "notice.noDay"));
                                }));
    }

    /// @param key says that a page was looked through in vain
    private void tellNone(Optional<HistoryMessages> page, String key) {
        notice.accept(Phrase.of(page.isPresent() ? key : "notice.notLoaded"));
    }

    /// Tells the session at once what was read: the window closes.
    void close() {
        tell.runNow();
    }

    /// Another room is shown.
    void shown(Optional<RoomModel> before, Optional<RoomModel> now) {
        before.ifPresent(room -> {
            room.timeline().clearUnread();
            room.opened = false;
        });
        atEnd = false;
        now.ifPresent(room -> {
            room.opened = false;
            open(room);
        });
    }

    /// Something of a room's history came: opens the room where it should, if it is shown and that
    /// was not done.
    void historyCame(RoomModel room) {
        ReadMarker marker = room.marker();
        if (marker.isKnown()) {
            recount(room);
            marker.atLeast(room.timeline().countAfter(marker.seq()));
        }
        open(room);
        seen();
    }

    private static void recount(RoomModel room) {
        room.timeline().unreadAfter(room.marker().seq()).ifPresent(room.marker()::set);
    }

    /// How far the person has read was said by the server.
    void markerMoved(RoomModel room, SessionEvent.ReadMarkerMoved moved) {
        boolean first = !room.marker().isKnown();
        Optional<Timeline.Unread> counted = room.timeline().unreadAfter(moved.seq());
        Timeline.Unread told = new Timeline.Unread(moved.unread(), moved.mentions());
        long here = room.nextSeq - 1;
        // The server's count has in it what is still on its way to here.
        long upTo = counted.isPresent() ? here : Math.max(here, room.backlogUntil);
        room.marker().moved(moved.seq(), counted.orElse(told), upTo);
        if (first && isShown(room)) {
            room.opened = false;
            open(room);
        }
        seen();
    }

    /// A room was entered: what was said up to `headSeq` was said while nobody looked.
    ///
    /// @param gap whether some of that is missing: then the room opens anew once it is here
    void entered(RoomModel room, long headSeq, boolean gap) {
        room.backlogUntil = headSeq;
        if (gap) {
            room.opened = false;
        }
    }

    /// An event of a room's log came and is in its timeline.
    void received(RoomModel room, RoomEvent event, Self self) {
        boolean byOther = !self.is(event.senderId(), event.senderName());
        if (event.body() instanceof EventBody.Message message && byOther) {
            boolean read = room.marker().isKnown() && event.seq() <= room.marker().seq();
            if (!read && !room.marker().counts(event.seq()) && !isInSight(room)) {
                unseen(room, event.seq(), message.mentions().contains(self.userId()));
            }
        } else if (event.body() instanceof EventBody.Delete) {
            recount(room);
        }
        boolean caughtUp = event.seq() == room.backlogUntil;
        if (caughtUp && isShown(room) && atEnd && room.marker().unreadProperty().get() > 0) {
            room.opened = false;
            open(room);
        }
        seen();
    }

    /// The person wrote something: what was new is not new any more.
    void wrote(RoomModel room) {
        room.timeline().clearUnread();
        jumpToLatest();
    }

    private void unseen(RoomModel room, long seq, boolean mention) {
        boolean first = room.marker().unreadProperty().get() == 0;
        room.marker().add(mention);
        if (first && isShown(room) && room.opened) {
            room.timeline().setUnreadAfter(seq - 1);
        }
    }

    private void open(RoomModel room) {
        Timeline timeline = room.timeline();
        boolean nothing = timeline.firstSeq().isEmpty() || timeline.isDoubtful();
        boolean nothingYet = nothing && !room.historyLoaded;
        if (room.opened || room.opening || !isShown(room) || nothingYet) {
            return;
        }
        OptionalLong read =
                room.marker().isKnown()
                        ? OptionalLong.of(room.marker().seq())
                        : OptionalLong.empty();
        boolean unread = room.marker().unreadProperty().get() > 0;
        if (unread && read.isPresent() && !timeline.covers(read)) {
            fetchUnread(room, read.getAsLong());
            return;
        }
        boolean inThePast = timeline.moreAfterProperty().get();
        boolean newsHere = unread && read.orElse(0) < timeline.lastSeq().orElse(0);
        if (inThePast && !newsHere) {
            fetchNewest(room);
            return;
        }
        openHere(room, unread ? read : OptionalLong.empty());
    }

    /// @param read after this the unread line belongs; empty for none
    private static void openHere(RoomModel room, OptionalLong read) {
        Timeline timeline = room.timeline();
        room.opened = true;
        read.ifPresent(timeline::setUnreadAfter);
        Jump place =
                timeline.unreadIndex().isPresent()
                        ? new Jump.ToUnread(
                                timeline.rows().get(timeline.unreadIndex().getAsInt()).seq())
                        : new Jump.ToEnd();
        room.jumpTo(place);
    }

    /// The room was left while it showed its past, and there is nothing to read.
    private void fetchNewest(RoomModel room) {
        room.opening = true;
        requests.newest(
                room,
                came -> {
                    room.opening = false;
                    if (came) {
                        open(room);
                        seen();
                    } else if (isShown(room)) {
                        openHere(room, OptionalLong.empty());
                    }
                });
    }

    private void fetchUnread(RoomModel room, long read) {
        room.opening = true;
        requests.at(
                room,
                new HistoryAnchor.Around(read + 1),
                page -> {
                    room.opening = false;
                    if (page.isEmpty()) {
                        openLater(room);
                        return;
                    }
                    if (!room.timeline().covers(OptionalLong.of(read))) {
                        // It is not to be had: the newest messages are better than nothing.
                        room.opened = true;
                        room.jumpTo(new Jump.ToEnd());
                    }
                    open(room);
                });
    }

    /// What it should open with could not be had. Until it is opened, nothing in it counts as read.
    private void openLater(RoomModel room) {
        room.opening = true;
        later.execute(() -> {
            room.opening = false;
            if (room.live) {
                open(room);
            }
        });
    }

    /// What is in sight is read: at once in the window, and told to the server a little later.
    private void seen() {
        current()
                .filter(this::isToBeMarked)
                .ifPresent(room -> {
                    long newest = room.timeline().lastSeq().orElse(0);
                    room.marker().moved(newest, new Timeline.Unread(0, 0), newest);
                    untold.put(room.roomId(), newest);
                    tell.run();
                });
    }

    private void tell() {
        Map<Long, Long> now = Map.copyOf(untold);
        untold.clear();
        now.forEach(session::markRead);
    }

    private boolean isToBeMarked(RoomModel room) {
        ReadMarker marker = room.marker();
        OptionalLong newest = room.timeline().lastSeq();
        return isInSight(room)
                && newest.isPresent()
                && (!marker.isKnown() || newest.getAsLong() > marker.seq());
    }

    /// Whether the person sees the newest message of this room.
    private boolean isInSight(RoomModel room) {
        return focused.get()
                && atEnd
                && isShown(room)
                && room.opened
                && !room.isCatchingUp()
                && !room.timeline().moreAfterProperty().get();
    }

    private boolean isShown(RoomModel room) {
        return current().filter(shown -> shown == room).isPresent();
    }

    private Optional<RoomModel> current() {
        return rooms.currentProperty().get();
    }
}
