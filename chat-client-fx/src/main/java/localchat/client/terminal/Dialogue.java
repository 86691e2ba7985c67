package localchat.client.terminal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import localchat.core.client.ChatSession;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.model.ChatMessage;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.UserName;

/// The state of a chat at a terminal: the rooms, what was posted, what is shown. All of it belongs
/// to the thread that calls [#on].
final class Dialogue {
    /// Changes of presence that are told one by one; of more only the numbers are.
    private static final int PRESENCE_LINES_MAX = 3;

    /// Rooms of one's own that are entered so soon after the login were there before; later ones
    /// are new. Reason: they are all entered at once.
    private static final long SETTLING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TerminalOptions options;
    private final NanoClock clock;
    private final Announcer announcer;
    private final SessionWords sessionWords;
    private final JoinedRooms rooms;
    private final Conversation chat;
    private final RoomReading reading;
    private final Vouching vouching;
    private final CommandRunner commands;
    private boolean wasConnected;
    private long connectedNanos;
    private Optional<String> ending = Optional.empty();
    private boolean isLost;
    private boolean wasRefused;
    private boolean wanted = true;

    /// Where the chat goes on: the server, and the queue of what happens.
    ///
    /// @param clock for what is told from time to time
    record Line(ChatSession session, Inbox inbox, NanoClock clock) {}

    Dialogue(TerminalOptions options, Line line, Announcer announcer, SessionWords sessionWords) {
        this.options = options;
        this.clock = line.clock();
        this.announcer = announcer;
        this.sessionWords = sessionWords;
        this.rooms = new JoinedRooms(announcer.screen(), announcer.looks());
        this.chat =
                new Conversation(
                        line.session(),
                        line.inbox(),
                        announcer,
                        rooms,
                        new Self(options.name()),
                        new OwnPosts(),
                        new ReadMarks(line.session(), line.clock()));
        this.reading = new RoomReading(chat, options.history());
        this.vouching = new Vouching(line.session(), announcer);
        this.commands = new CommandRunner(chat, reading, vouching);
    }

    /// Something happened.
    void on(Notice notice) throws IOException {
        switch (notice) {
            case Notice.Heard(SessionEvent event) -> onSessionEvent(event);
            case Notice.Typed(String line) -> commands.run(Command.of(line));
            case Notice.Later(Notice.Step step) -> step.run();
            case Notice.Stop stop -> wanted = false;
            case Notice.InputLine line -> throw new IllegalStateException("no pipe here");
            case Notice.InputFault fault -> throw new IllegalStateException("no pipe here");
            case Notice.InputEnded ended -> throw new IllegalStateException("no pipe here");
        }
    }

    /// Tells the server what was read, if it is time to.
    void tellRead() {
        chat.marks().tell();
    }

    /// Time until [#tellRead] does something, in nanoseconds.
    long nanosToTellRead() {
        return chat.marks().nanosLeft();
    }

    /// Why the session ended by itself; empty while it goes on.
    Optional<String> ending() {
        return ending;
    }

    /// Whether the server ever let this person in.
    boolean wasConnected() {
        return wasConnected;
    }

    /// Whether a room was entered or refused at some time, or the session ended: there is something
    /// to see.
    boolean isReady() {
        return ending.isPresent() || wasRefused || !rooms.all().isEmpty();
    }

    /// Whether the person wants to go on.
    boolean isWanted() {
        return wanted;
    }

    /// Posts that the server has neither taken nor refused.
    int unacknowledged() {
        return chat.posts().waiting();
    }

    private void onSessionEvent(SessionEvent event) throws IOException {
        switch (event) {
            case SessionEvent.Connected connected -> onConnected(connected);
            case SessionEvent.Reconnecting lost -> onLost(lost);
            case SessionEvent.ServerKeyShown shown -> vouching.onKey(shown);
            case SessionEvent.ClockOff off -> announcer.warning(sessionWords.of(off));
            case SessionEvent.Ended ended -> ending = Optional.of(sessionWords.of(ended));
            case SessionEvent.RoomEntered entered -> onRoomEntered(entered);
            case SessionEvent.RoomRestored restored -> onRoomRestored(restored);
            case SessionEvent.SelfChanged(Person self) -> onSelfChanged(self);
            case SessionEvent.BlockedChanged(Set<Long> userIds) -> chat.self().blocks(userIds);
            case SessionEvent.RoomLeft(long roomId, boolean removed) -> onLeft(roomId, removed);
            case SessionEvent.RoomRefused refused -> {
                wasRefused = true;
                announcer.warning(Text.ROOM_REFUSED, refused.roomName(), refused.text());
            }
            case SessionEvent.EventReceived received -> onEvent(received.event());
            case SessionEvent.PostChanged changed -> onPostChanged(changed);
            case SessionEvent.PostRestored restored -> onPostRestored(restored);
            case SessionEvent.PresenceChanged changed ->
                    rooms.byId(changed.roomId()).ifPresent(room -> onPresence(room, changed));
            case SessionEvent.ReadMarkerMoved moved -> onReadMarker(moved);
            case SessionEvent.TypingChanged typing -> {}
            case SessionEvent.RoomChanged(RoomInfo room) -> onRoomChanged(room);
            case SessionEvent.ErrorReported error ->
                    announcer.warning(Text.SERVER_REPORTED, error.text());
        }
    }

    /// Attempts that fail are told once for all of them.
    private void onLost(SessionEvent.Reconnecting lost) {
        if (!isLost) {
            announcer.warning(wasConnected ? sessionWords.of(lost) : sessionWords.ofNoServerYet());
        }
        isLost = true;
    }

    private void onConnected(SessionEvent.Connected connected) {
        isLost = false;
        connectedNanos = clock.nanos();
        chat.self().is(connected.self());
        if (wasConnected) {
            announcer.note(Text.CONNECTED_AGAIN);
        } else {
            String server =
                    connected.serverName().isBlank()
                            ? options.server().toString()
                            : connected.serverName();
            announcer.note(Text.CONNECTED, server, connected.self().name());
        }
        wasConnected = true;
    }

    private void onRoomRestored(SessionEvent.RoomRestored restored) {
        JoinedRoom room = new JoinedRoom(restored.room());
        List<ChatMessage> newest = restored.newest();
        newest.forEach(room::heard);
        room.restore(newest.isEmpty() ? 0 : newest.getLast().seq());
        long unread =
                newest.stream()
                        .filter(m -> m.seq() > restored.readSeq() && !chat.self().wrote(m))
                        .count();
        room.setRead(restored.readSeq(), (int) unread, 0);
        rooms.add(room);
        if (isFirst(room)) {
            rooms.show(room);
            reading.showRestored(room);
        }
        rooms.refresh();
    }

    /// Whether this is the room that the person named on the command line, and none is in front.
    /// Private ones that others made may have its name too.
    private boolean isFirst(JoinedRoom room) {
        return rooms.current().isEmpty()
                && room.info().kind() == RoomKind.PUBLIC
                && room.name().folded().equals(options.room().folded());
    }

    private void onPostRestored(SessionEvent.PostRestored restored) {
        boolean failed = restored.state() == PostState.FAILED;
        OwnPosts.Post post =
                new OwnPosts.Post(restored.id(), restored.roomId(), restored.body(), failed);
        chat.posts().add(post);
        if (rooms.current().map(room -> room.roomId() == post.roomId()).orElse(false)) {
            reading.tellWaiting(post);
        }
    }

    private void onRoomEntered(SessionEvent.RoomEntered entered) throws IOException {
        RoomInfo info = entered.room();
        long newest = entered.nextSeq() - 1;
        Optional<JoinedRoom> known = rooms.byId(info.roomId());
        JoinedRoom room = known.orElseGet(() -> new JoinedRoom(info));
        boolean isFirstTime = !room.isEntered();
        room.setInfo(info);
        chat.marks().forget(room.roomId());
        if (known.isEmpty()) {
            rooms.add(room);
        } else if (entered.cacheInvalid()) {
            announcer.note(Text.HISTORY_GONE, Looks.roomWord(room));
            room.beginAnew();
        }
        boolean isHole = room.enter(newest);
        if (known.isEmpty() && clock.nanos() - connectedNanos > SETTLING_NANOS) {
            onNewRoom(room);
        }
        if (commands.isAwaited(info) || isFirst(room)) {
            reading.bringToFront(room);
        } else if (rooms.isCurrent(room)) {
            goOn(room, isFirstTime, isHole);
        }
        rooms.refreshPrompt();
        commands.learnNames(info.roomId());
    }

    /// Somebody made a room with this person in it, or this person did.
    private void onNewRoom(JoinedRoom room) {
        room.takeForNew();
        if (room.info().kind() == RoomKind.PRIVATE
                && room.info().ownerId() != chat.self().userId()) {
            announcer.note(Text.ROOM_NEW, Looks.roomWord(room));
        }
    }

    private void goOn(JoinedRoom room, boolean isFirstTime, boolean isHole) throws IOException {
        if (isFirstTime) {
            reading.onEnteredInFront(room);
        } else if (!room.isOpened() || (isHole && room.feed().isEmpty())) {
            reading.catchUp(room);
        } else {
            reading.askAgain(room);
        }
    }

    private void onSelfChanged(Person self) {
        if (!self.name().equals(chat.self().name())) {
            announcer.note(Text.NAME_CHANGED, self.name());
        }
        if (self.role() != chat.self().role()) {
            announcer.note(Text.OWN_ROLE_CHANGED, announcer.role(self.role()));
        }
        chat.self().is(self);
    }

    private void onLeft(long roomId, boolean removed) throws IOException {
        Optional<JoinedRoom> left = rooms.byId(roomId);
        if (left.isEmpty()) {
            return;
        }
        boolean wasCurrent = rooms.isCurrent(left.get());
        left.get().cancelFeed();
        rooms.remove(left.get());
        if (removed) {
            announcer.warning(Text.REMOVED_FROM_ROOM, Looks.roomWord(left.get()));
        } else {
            announcer.note(Text.LEFT, Looks.roomWord(left.get()));
        }
        if (rooms.current().isEmpty()) {
            announcer.note(Text.NO_ROOM);
        } else if (wasCurrent) {
            reading.bringToFront(rooms.current().get());
        }
    }

    private void onEvent(RoomEvent event) throws IOException {
        commands.onEvent(event);
        Optional<JoinedRoom> room = rooms.byId(event.roomId());
        if (room.isPresent()) {
            reading.onEvent(room.get(), event);
        }
    }

    private void onReadMarker(SessionEvent.ReadMarkerMoved moved) {
        chat.marks().known(moved.roomId(), moved.seq());
        Optional<JoinedRoom> room = rooms.byId(moved.roomId());
        if (room.isPresent()) {
            boolean isCurrent = rooms.isCurrent(room.get());
            room.get()
                    .setRead(
                            moved.seq(),
                            isCurrent ? 0 : moved.unread(),
                            isCurrent ? 0 : moved.mentions());
            rooms.refreshPrompt();
        }
    }

    private void onRoomChanged(RoomInfo info) {
        Optional<JoinedRoom> room = rooms.byId(info.roomId());
        room.ifPresent(known -> known.setInfo(info));
        rooms.learn(info);
        rooms.refresh();
    }

    private void onPostChanged(SessionEvent.PostChanged changed) {
        switch (changed.state()) {
            case STORED -> chat.posts().remove(changed.id());
            case FAILED -> {
                Optional<OwnPosts.Post> failed = chat.posts().fail(changed.id());
                String why = changed.refusal().map(SessionEvent.Refusal::text).orElse("");
                announcer.warning(
                        Text.POST_REFUSED, failed.map(OwnPosts.Post::text).orElse(""), why);
            }
            case WAITING, SENT -> {}
        }
    }

    private void onPresence(JoinedRoom room, SessionEvent.PresenceChanged changed) {
        List<PresenceChange> came = changesOf(changed, PresenceKind.CAME);
        List<PresenceChange> went = changesOf(changed, PresenceKind.WENT);
        List<PresenceChange> renamed = changesOf(changed, PresenceKind.RENAMED);
        came.forEach(change -> room.came(change.person()));
        went.forEach(change -> room.went(change.person()));
        renamed.forEach(room::renamed);
        if (rooms.isCurrent(room)) {
            renamed.forEach(this::tellRenamed);
            changesOf(changed, PresenceKind.ROLE_CHANGED)
                    .forEach(change ->
                            announcer.note(
                                    Text.ROLE_CHANGED,
                                    change.person().name(),
                                    announcer.role(change.person().role())));
            tell(came, changed.online(), Text.CAME, Text.CAME_MANY);
            tell(went, changed.online(), Text.WENT, Text.WENT_MANY);
            if (changed.incomplete()) {
                announcer.note(Text.PRESENCE_INCOMPLETE, changed.online());
            }
        }
        rooms.refresh();
    }

    private void tellRenamed(PresenceChange change) {
        announcer.note(
                Text.PERSON_RENAMED,
                change.formerName().map(UserName::value).orElse("?"),
                change.person().name());
    }

    private List<PresenceChange> changesOf(
            SessionEvent.PresenceChanged changed, PresenceKind kind) {
        return changed.changes().stream()
                .filter(change ->
                        change.kind() == kind && change.person().userId() != chat.self().userId())
                .toList();
    }

    private void tell(List<PresenceChange> changes, int online, Text one, Text many) {
        if (changes.size() > PRESENCE_LINES_MAX) {
            announcer.note(many, changes.size(), online);
        } else {
            changes.forEach(change -> announcer.note(one, change.person().name(), online));
        }
    }
}
