package localchat.client.fx.chat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import localchat.client.fx.i18n.FailureWords;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.ChatSession;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionListener;
import localchat.core.identity.KeyWords;
import localchat.core.model.ErrorCode;
import localchat.core.model.Person;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;

/// What the chat scene holds: hears the session and keeps rooms, people and messages up to date.
/// What the person does is in its parts: [Messages], [RoomCommands], [Reading]. Belongs to the
/// JavaFX thread.
public final class ChatViewModel implements SessionListener {
    /// Most events kept that came before their room. Reason: one for each room, and what one run
    /// leaves unsent.
    private static final int EARLY_MAX = 10_000;

    private final ChatSession session;
    private final Clock clock;
    private final String server;
    private final Executor later;
    private final Requests requests;
    private final Typists typists;

    private final RoomDirectory rooms = new RoomDirectory();
    private final ComposerViewModel composer = new ComposerViewModel();
    private final Reading reading;
    private final Messages messages;
    private final RoomCommands roomCommands;
    private final Notices notices = new Notices();
    private final ReadOnlyObjectWrapper<Link> link =
            new ReadOnlyObjectWrapper<>(this, "link", new Link.Connecting());
    private final ReadOnlyObjectWrapper<LocalDate> today;
    private final ReadOnlyObjectWrapper<Self> self;
    private final ReadOnlyObjectWrapper<ServerKey> serverKey =
            new ReadOnlyObjectWrapper<>(this, "serverKey", new ServerKey.Unknown());
    private final ReadOnlyStringWrapper serverName;
    private final ReadOnlyObjectWrapper<Set<Long>> blocked =
            new ReadOnlyObjectWrapper<>(this, "blocked", Set.of());
    private final Account account;
    private final PersonCommands personCommands;
    private final RoomNews news;
    private final Wishes wishes = new Wishes();
    private Leftovers leftovers = new Leftovers();

    /// Rooms that the person wants to leave.
    private final Set<Long> leaving = new HashSet<>();

    private final List<SessionEvent> early = new ArrayList<>();

    /// What a chat needs from outside.
    ///
    /// @param ui runs tasks on the JavaFX thread in the order given
    /// @param later runs tasks on the JavaFX thread about a second later
    public record Surroundings(Clock clock, Executor ui, Executor later) {}

    /// A chat over a session that is about to be connected.
    ///
    /// @param name who is on it
    /// @param server where it leads, as shown to the person
    public ChatViewModel(
            ChatSession session, UserName name, String server, Surroundings surroundings) {
        this.session = session;
        this.server = server;
        clock = surroundings.clock();
        later = surroundings.later();
        typists = new Typists(later);
        today = new ReadOnlyObjectWrapper<>(this, "today", LocalDate.now(clock));
        self = new ReadOnlyObjectWrapper<>(this, "self", new Self(0, name));
        serverName = new ReadOnlyStringWrapper(this, "serverName", server);
        requests = new Requests(session, rooms, surroundings.ui());
        reading = new Reading(session, rooms, requests, later, notices::tell);
        messages = new Messages(session, this, later);
        roomCommands = new RoomCommands(session, this, requests);
        news = new RoomNews(this, requests, typists);
        account = new Account(session.account(), surroundings.ui());
        personCommands = new PersonCommands(session, this, surroundings.ui());
        rooms.currentProperty()
                .addListener((observable, before, now) -> {
                    messages.roomChanged(before, now);
                    reading.shown(before, now);
                    if (before.isPresent()) {
                        wishes.forget();
                    }
                });
        reading.focusedProperty().subscribe(focused -> today.set(LocalDate.now(clock)));
        composer.textProperty().addListener((observable, before, now) -> wishes.forget());
    }

    /// Where the session leads, as shown to the person.
    public String server() {
        return server;
    }

    /// What the server calls itself.
    public ReadOnlyStringProperty serverNameProperty() {
        return serverName.getReadOnlyProperty();
    }

    /// The person in front of the window; with a user id once there was a connection.
    public ReadOnlyObjectProperty<Self> selfProperty() {
        return self.getReadOnlyProperty();
    }

    /// The rooms.
    public RoomDirectory rooms() {
        return rooms;
    }

    /// The text being written for the room that is shown.
    public ComposerViewModel composer() {
        return composer;
    }

    /// Where the person reads.
    public Reading reading() {
        return reading;
    }

    /// What the person does with messages.
    public Messages messages() {
        return messages;
    }

    /// What the person does with rooms.
    public RoomCommands roomCommands() {
        return roomCommands;
    }

    /// The person's own devices and codes.
    public Account account() {
        return account;
    }

    /// What the person does about others.
    public PersonCommands personCommands() {
        return personCommands;
    }

    /// Whom the person wants to see nothing of.
    public ReadOnlyObjectProperty<Set<Long>> blockedProperty() {
        return blocked.getReadOnlyProperty();
    }

    /// How the server is known.
    public ReadOnlyObjectProperty<ServerKey> serverKeyProperty() {
        return serverKey.getReadOnlyProperty();
    }

    /// The person has compared the words, and they were the right ones.
    public void vouch() {
        session.vouch();
    }

    /// What the person should know.
    public Notices notices() {
        return notices;
    }

    /// How the window stands to the server.
    public ReadOnlyObjectProperty<Link> linkProperty() {
        return link.getReadOnlyProperty();
    }

    /// What time it is, and where.
    public Clock clock() {
        return clock;
    }

    /// What day it was when something happened last.
    public ReadOnlyObjectProperty<LocalDate> todayProperty() {
        return today.getReadOnlyProperty();
    }

    /// Shows this room.
    public void show(RoomModel room) {
        rooms.show(Optional.of(room));
    }

    /// Shows the room `steps` further down in the list.
    public void showNeighbour(int steps) {
        rooms.neighbour(steps).ifPresent(this::show);
    }

    /// Goes on with what was being written in a chat whose session ended by itself, if that was the
    /// same person's on the same server. Before anything was heard.
    public void goOnAfter(ChatViewModel ended) {
        String before = ended.self.get().name().folded();
        if (ended.server.equals(server) && before.equals(self.get().name().folded())) {
            leftovers = ended.leftovers();
        }
    }

    private Leftovers leftovers() {
        Leftovers left = new Leftovers();
        Optional<RoomModel> shown = rooms.currentProperty().get();
        rooms.joined().forEach(room -> left.put(room, room.unfinished));
        shown.ifPresent(room -> left.put(room, composer.unfinished()));
        return left;
    }

    /// Whether the session ended by itself.
    public boolean isOver() {
        return link.get() instanceof Link.Over;
    }

    /// Ends the session. What was read and what is being written is kept.
    public void close() {
        messages.keepDraft();
        reading.close();
        session.close();
    }

    /// Shows a room as soon as it was entered.
    void showOnceEntered(long roomId) {
        rooms.find(roomId).ifPresentOrElse(this::show, () -> wishes.add(roomId));
    }

    /// The rooms that the person waits to see.
    Wishes wishes() {
        return wishes;
    }

    /// The person wants to leave a room.
    void leaving(RoomModel room) {
        leaving.add(room.roomId());
    }

    @Override
    public void onSessionEvent(SessionEvent event) {
        today.set(LocalDate.now(clock));
        switch (event) {
            case SessionEvent.Connected connected -> connected(connected);
            case SessionEvent.ServerKeyShown shown ->
                    serverKey.set(new ServerKey.Known(KeyWords.of(shown.key()), shown.verified()));
            case SessionEvent.ClockOff(long millis) -> notices.clockIsOff(millis);
            case SessionEvent.Reconnecting _ -> lost();
            case SessionEvent.Ended ended -> ended(ended);
            case SessionEvent.RoomRestored restored -> restored(restored);
            case SessionEvent.PostRestored restored ->
                    inRoom(restored.roomId(), restored, room -> messages.restored(room, restored));
            case SessionEvent.RoomEntered entered -> entered(entered);
            case SessionEvent.SelfChanged(Person person) -> selfChanged(person);
            case SessionEvent.BlockedChanged(Set<Long> userIds) -> blockedChanged(userIds);
            case SessionEvent.RoomLeft(long roomId, boolean removed) -> left(roomId, removed);
            case SessionEvent.RoomRefused refused -> refused(refused);
            case SessionEvent.EventReceived received ->
                    rooms.find(received.event().roomId())
                            .ifPresent(room -> news.received(room, received.event()));
            case SessionEvent.PostChanged changed ->
                    rooms.find(changed.roomId()).ifPresent(room -> messages.changed(room, changed));
            case SessionEvent.PresenceChanged presence ->
                    rooms.find(presence.roomId()).ifPresent(room -> news.presence(room, presence));
            case SessionEvent.TypingChanged typing ->
                    rooms.find(typing.roomId()).ifPresent(room -> news.typing(room, typing));
            case SessionEvent.ReadMarkerMoved moved ->
                    inRoom(moved.roomId(), moved, room -> reading.markerMoved(room, moved));
            case SessionEvent.RoomChanged changed -> rooms.changed(changed.room());
            case SessionEvent.ErrorReported error -> reported(error);
        }
    }

    private void connected(SessionEvent.Connected connected) {
        selfChanged(connected.self());
        rooms.joined().forEach(room -> room.historyPaused = false);
        messages.setClockOffset(connected.clockOffsetMillis());
        serverName.set(connected.serverName());
        link.set(new Link.Online());
        requests.rooms();
    }

    private void selfChanged(Person person) {
        self.set(new Self(person.userId(), person.name(), person.role()));
        rooms.joined().forEach(room -> room.setSelf(self.get()));
    }

    private void blockedChanged(Set<Long> userIds) {
        blocked.set(userIds);
        rooms.joined().forEach(room -> room.timeline().setBlocked(userIds));
    }

    private void lost() {
        wishes.forget();
        rooms.joined()
                .forEach(room -> {
                    room.live = false;
                    typists.forget(room);
                });
        // What never was is not lost: it is still being made.
        if (!(link.get() instanceof Link.Connecting)) {
            link.set(new Link.Reconnecting());
        }
    }

    private void reported(SessionEvent.ErrorReported error) {
        // A server reports this with a post; by itself it is about this computer's disk.
        boolean here = error.code() == ErrorCode.STORAGE_FAILED;
        notices.tell(
                here
                        ? Phrase.of("notice.notKept", error.text())
                        : Refusals.of(error.code(), error.text()));
    }

    private void ended(SessionEvent.Ended ended) {
        String name = self.get().name().value();
        link.set(new Link.Over(FailureWords.of(ended, server, name)));
        messages.keepDraft();
    }

    private void restored(SessionEvent.RoomRestored restored) {
        if (rooms.find(restored.room().roomId()).isPresent()) {
            return;
        }
        RoomModel room = newRoom(restored.room());
        room.nextSeq = restored.lastSeq() + 1;
        room.unfinished = ComposerViewModel.Unfinished.of(restored.draft());
        room.savedDraft = restored.draft();
        room.timeline().restore(restored.newest(), restored.moreBefore());
        restored.newest()
                .forEach(message -> room.met(message.senderId(), message.senderName().value()));
        Timeline.Unread left =
                room.timeline()
                        .unreadAfter(restored.readSeq())
                        .orElseGet(() -> room.timeline().countAfter(restored.readSeq()));
        room.marker().moved(restored.readSeq(), left, room.nextSeq - 1);
        add(room);
        requests.quotes(room);
    }

    private void entered(SessionEvent.RoomEntered entered) {
        Optional<RoomModel> known = rooms.find(entered.room().roomId());
        RoomModel room = known.orElseGet(() -> newRoom(entered.room()));
        boolean inThePast = room.timeline().moreAfterProperty().get();
        boolean gap = !inThePast && gap(room, entered);
        room.update(entered.room());
        room.nextSeq = entered.nextSeq();
        room.live = true;
        typists.forget(room);
        if (entered.cacheInvalid()) {
            room.timeline().dropStored();
            room.marker().forget();
            known.ifPresent(there -> notices.tell(Phrase.of("notice.newHistory")));
        }
        reading.entered(room, entered.room().headSeq(), gap);
        if (known.isEmpty()) {
            add(room);
        } else {
            rooms.changed(entered.room());
        }
        loadAfterEntering(room, gap || entered.cacheInvalid());
        requests.people(room);
        if (wishes.take(entered.room())) {
            show(room);
        }
    }

    /// Whether something may be missing between what is here and what comes now.
    private static boolean gap(RoomModel room, SessionEvent.RoomEntered entered) {
        return room.nextSeq != entered.nextSeq();
    }

    private void loadAfterEntering(RoomModel room, boolean gap) {
        room.historyPaused = false;
        if (!gap && room.timeline().firstSeq().isPresent()) {
            room.historyLoaded = true;
        }
        if (gap) {
            room.timeline().doubt();
            room.historyLoaded = false;
        }
        boolean inThePast = room.timeline().moreAfterProperty().get();
        if (!room.historyLoaded && !inThePast) {
            loadNewest(room);
        } else {
            reading.historyCame(room);
        }
    }

    /// Asks for the newest page until it comes or the connection goes: then the room is entered
    /// anew.
    private void loadNewest(RoomModel room) {
        requests.newest(
                room,
                came -> {
                    if (came) {
                        reading.historyCame(room);
                    } else {
                        later.execute(() -> {
                            if (room.live && !room.historyLoaded) {
                                loadNewest(room);
                            }
                        });
                    }
                });
    }

    private RoomModel newRoom(RoomInfo info) {
        RoomModel room = new RoomModel(info, self.get(), clock.getZone());
        room.update(info);
        room.timeline().setBlocked(blocked.get());
        return room;
    }

    private void add(RoomModel room) {
        if (leftovers.giveTo(room)) {
            messages.saveDraft(room, room.unfinished);
        }
        rooms.add(room);
        List<SessionEvent> now = List.copyOf(early);
        early.clear();
        now.forEach(this::onSessionEvent);
    }

    private void inRoom(
            long roomId, SessionEvent event, java.util.function.Consumer<RoomModel> action) {
        rooms.find(roomId)
                .ifPresentOrElse(
                        action,
                        () -> {
                            if (early.size() < EARLY_MAX) {
                                early.add(event);
                            }
                        });
    }

    private void left(long roomId, boolean removed) {
        boolean wanted = leaving.remove(roomId);
        rooms.find(roomId)
                .ifPresent(room -> {
                    room.live = false;
                    typists.forget(room);
                    if (!wanted && messages.isWritingIn(room)) {
                        takenOut(room);
                    } else {
                        rooms.remove(room);
                        if (removed && !wanted) {
                            notices.tell(Phrase.of("notice.sentOut", room.nameProperty().get()));
                        }
                    }
                    requests.rooms();
                });
    }

    /// The person was writing in a room that they were taken out of. What is written must not go
    /// into its neighbour: it stays, and they say where it belongs.
    private void takenOut(RoomModel room) {
        String written = messages.takeWritten();
        rooms.show(Optional.empty());
        rooms.remove(room);
        composer.textProperty().set(written);
        notices.tell(Phrase.of("notice.takenOut", room.nameProperty().get()));
    }

    private void refused(SessionEvent.RoomRefused refused) {
        if (RoomName.isShowable(refused.roomName())) {
            wishes.remove(new RoomName(refused.roomName()));
        }
        notices.tell(Refusals.of(refused.code(), refused.text()));
    }
}
