package localchat.client.terminal;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.client.ChatSession;
import localchat.core.client.RequestException;
import localchat.core.client.SessionEvent;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;

/// The state of a chat at a terminal: the rooms, what was posted, what is shown. All of it belongs
/// to the thread that calls [#on].
final class Dialogue {
    /// Messages from before that are shown in a room when the person asked for no number.
    private static final long HISTORY_DEFAULT = 20;

    /// Changes of presence that are told one by one; of more only the numbers are.
    private static final int PRESENCE_LINES_MAX = 3;

    private final TerminalOptions options;
    private final ChatSession session;
    private final Inbox inbox;
    private final Announcer announcer;
    private final SessionWords sessionWords;
    private final JoinedRooms rooms;
    private final CommandRunner commands;
    private final Map<MessageId, String> unacknowledged = new HashMap<>();
    private Optional<SessionEvent.Connected> login = Optional.empty();
    private Optional<String> ending = Optional.empty();
    private boolean isLost;
    private boolean wanted = true;

    Dialogue(
            TerminalOptions options,
            ChatSession session,
            Inbox inbox,
            Announcer announcer,
            SessionWords sessionWords) {
        this.options = options;
        this.session = session;
        this.inbox = inbox;
        this.announcer = announcer;
        this.sessionWords = sessionWords;
        this.rooms = new JoinedRooms(announcer.screen(), announcer.looks());
        this.commands = new CommandRunner(session, inbox, announcer, rooms, unacknowledged::put);
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

    /// Why the session ended by itself; empty while it goes on.
    Optional<String> ending() {
        return ending;
    }

    /// Whether the server ever let this person in.
    boolean wasConnected() {
        return login.isPresent();
    }

    /// Whether a room was entered at some time, or the session ended: there is something to see.
    boolean isReady() {
        return ending.isPresent() || !rooms.all().isEmpty();
    }

    /// Whether the person wants to go on.
    boolean isWanted() {
        return wanted;
    }

    /// Messages that the server has not acknowledged.
    int unacknowledged() {
        return unacknowledged.size();
    }

    private void onSessionEvent(SessionEvent event) throws IOException {
        switch (event) {
            case SessionEvent.Connected connected -> onConnected(connected);
            case SessionEvent.Reconnecting lost -> onLost(lost);
            case SessionEvent.Ended ended -> ending = Optional.of(sessionWords.of(ended));
            case SessionEvent.RoomEntered entered -> onRoomEntered(entered);
            case SessionEvent.RoomLeft left -> rooms.byId(left.roomId()).ifPresent(this::onLeft);
            case SessionEvent.RoomRefused refused ->
                    announcer.warning(Text.ROOM_REFUSED, refused.roomName(), refused.text());
            case SessionEvent.EventReceived received -> onEvent(received.event(), received.own());
            case SessionEvent.PostChanged changed -> onPostChanged(changed);
            case SessionEvent.PresenceChanged changed ->
                    rooms.byId(changed.roomId()).ifPresent(room -> onPresence(room, changed));
            case SessionEvent.TypingChanged typing -> {}
            case SessionEvent.RoomChanged changed -> {
                rooms.learn(changed.room().name());
                rooms.refresh();
            }
            case SessionEvent.ErrorReported error ->
                    announcer.warning(Text.SERVER_REPORTED, error.text());
        }
    }

    /// Attempts that fail are told once for all of them.
    private void onLost(SessionEvent.Reconnecting lost) {
        if (!isLost) {
            announcer.warning(sessionWords.of(lost));
        }
        isLost = true;
    }

    private void onConnected(SessionEvent.Connected connected) {
        isLost = false;
        if (login.isPresent()) {
            announcer.note(Text.CONNECTED_AGAIN);
        } else {
            String server =
                    connected.serverName().isBlank()
                            ? options.server().toString()
                            : connected.serverName();
            announcer.note(Text.CONNECTED, server, connected.self().name());
            if (!options.plaintext()) {
                announcer.warning(Text.NOT_ENCRYPTED);
            }
        }
        login = Optional.of(connected);
    }

    private void onRoomEntered(SessionEvent.RoomEntered entered) throws IOException {
        Optional<JoinedRoom> known = rooms.byId(entered.room().roomId());
        long newest = entered.nextSeq() - 1;
        if (known.isEmpty()) {
            onEnteredFirst(entered.room(), newest);
        } else if (entered.cacheInvalid()) {
            announcer.note(Text.HISTORY_GONE, Looks.roomWord(known.get().name()));
            readHistory(known.get(), newest);
        } else if (known.get().history().isPresent()) {
            known.get().history().get().noteLive(newest);
            known.get().history().get().ask();
        }
        commands.learnNames(entered.room().roomId());
    }

    private void onEnteredFirst(RoomInfo info, long newest) throws IOException {
        JoinedRoom room = new JoinedRoom(info.roomId(), info.name());
        rooms.add(room);
        rooms.show(room);
        readHistory(room, newest);
        String name = Looks.roomWord(room.name());
        if (info.online() > 1) {
            announcer.note(Text.ENTERED, name, info.online());
        } else {
            announcer.note(Text.ENTERED_ALONE, name);
        }
    }

    private void readHistory(JoinedRoom room, long newest) throws IOException {
        room.history().ifPresent(HistoryFeed::cancel);
        HistoryPlan plan = new HistoryPlan(options.history().orElse(HISTORY_DEFAULT), newest);
        HistoryFeed feed =
                new HistoryFeed(session, inbox, room.roomId(), plan, new RoomHistory(room));
        room.read(feed);
        feed.ask();
    }

    /// Shows a room's history as it comes.
    private final class RoomHistory implements HistoryFeed.Reader {
        private final JoinedRoom room;

        RoomHistory(JoinedRoom room) {
            this.room = room;
        }

        @Override
        public void onHistory(RoomEvent event) {
            long self = login.map(connected -> connected.self().userId()).orElse(0L);
            show(room, event, event.senderId() == self, true);
        }

        @Override
        public void onHistoryComplete(long seq) {
            room.goLive(seq);
        }

        @Override
        public void onHistoryFailed(RequestException refusal) {
            announcer.warning(Text.HISTORY_FAILED, String.valueOf(refusal.getMessage()));
            room.goLive(0);
        }
    }

    private void onLeft(JoinedRoom room) {
        room.history().ifPresent(HistoryFeed::cancel);
        rooms.remove(room);
        announcer.note(Text.LEFT, Looks.roomWord(room.name()));
        if (rooms.current().isPresent()) {
            announcer.note(Text.SWITCHED, Looks.roomWord(rooms.current().get().name()));
        } else {
            announcer.note(Text.NO_ROOM);
        }
    }

    private void onEvent(RoomEvent event, boolean own) {
        Optional<JoinedRoom> room = rooms.byId(event.roomId());
        if (room.isPresent() && room.get().takes(event.seq())) {
            show(room.get(), event, own, false);
        }
    }

    private void show(JoinedRoom room, RoomEvent event, boolean own, boolean history) {
        if (event.body() instanceof EventBody.Message body) {
            announcer.message(
                    PrintedMessage.of(room.name(), event, body, own, history),
                    !rooms.isCurrent(room));
        }
    }

    private void onPostChanged(SessionEvent.PostChanged changed) {
        switch (changed.state()) {
            case STORED -> unacknowledged.remove(changed.id());
            case FAILED -> {
                String text = String.valueOf(unacknowledged.remove(changed.id()));
                String why = changed.refusal().map(SessionEvent.Refusal::text).orElse("");
                announcer.warning(Text.POST_REFUSED, text, why);
            }
            case WAITING, SENT -> {}
        }
    }

    private void onPresence(JoinedRoom room, SessionEvent.PresenceChanged changed) {
        List<PresenceChange> came = changesOf(changed, PresenceKind.CAME);
        List<PresenceChange> went = changesOf(changed, PresenceKind.WENT);
        came.forEach(change -> room.came(change.person()));
        went.forEach(change -> room.went(change.person()));
        tell(room, came, changed.online(), Text.CAME, Text.CAME_MANY);
        tell(room, went, changed.online(), Text.WENT, Text.WENT_MANY);
        if (changed.incomplete()) {
            note(room, Text.PRESENCE_INCOMPLETE, changed.online());
        }
        rooms.refresh();
    }

    private List<PresenceChange> changesOf(
            SessionEvent.PresenceChanged changed, PresenceKind kind) {
        long self = login.map(connected -> connected.self().userId()).orElse(0L);
        return changed.changes().stream()
                .filter(change -> change.kind() == kind && change.person().userId() != self)
                .toList();
    }

    private void tell(
            JoinedRoom room, List<PresenceChange> changes, int online, Text one, Text many) {
        if (changes.size() > PRESENCE_LINES_MAX) {
            note(room, many, changes.size(), online);
        } else {
            changes.forEach(change -> note(room, one, change.person().name(), online));
        }
    }

    private void note(JoinedRoom room, Text text, Object... arguments) {
        announcer.noteIn(room, rooms.isCurrent(room), text, arguments);
    }
}
