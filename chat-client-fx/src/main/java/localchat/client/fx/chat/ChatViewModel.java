package localchat.client.fx.chat;

import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.ChatSession;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionListener;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;

/// What the chat scene holds and does: hears the session, keeps rooms, people and messages up to
/// date, and turns what the person does into calls of the session. Belongs to the JavaFX thread.
public final class ChatViewModel implements SessionListener {
    /// Where a session leads and who is on it.
    ///
    /// @param server as shown to the person
    /// @param serverName what the server calls itself
    /// @param clockOffsetMillis the server's clock less this machine's
    public record Surroundings(
            Person self, String server, String serverName, long clockOffsetMillis) {}

    private final ChatSession session;
    private final Surroundings surroundings;
    private final Drafts drafts;
    private final Clock clock;
    private final Requests requests;

    private final RoomDirectory rooms = new RoomDirectory();
    private final ComposerViewModel composer = new ComposerViewModel();
    private final ReadOnlyObjectWrapper<Link> link =
            new ReadOnlyObjectWrapper<>(this, "link", new Link.Online());
    private final ReadOnlyObjectWrapper<Optional<Phrase>> notice =
            new ReadOnlyObjectWrapper<>(this, "notice", Optional.empty());
    private final Set<String> wanted = new HashSet<>();
    private Person self;
    private long clockOffsetMillis;
    private boolean focused = true;

    /// A chat over a session that is connected.
    ///
    /// @param drafts what was not sent in an earlier session
    /// @param ui runs tasks on the JavaFX thread in the order given
    public ChatViewModel(
            ChatSession session,
            Surroundings surroundings,
            Drafts drafts,
            Clock clock,
            Executor ui) {
        this.session = session;
        this.surroundings = surroundings;
        this.drafts = drafts;
        this.clock = clock;
        this.requests = new Requests(session, rooms, ui);
        self = surroundings.self();
        clockOffsetMillis = surroundings.clockOffsetMillis();
        rooms.currentProperty()
                .addListener((observable, before, now) -> currentChanged(before, now));
        requests.rooms();
    }

    /// Where this session leads and who is on it.
    public Surroundings surroundings() {
        return surroundings;
    }

    /// The rooms.
    public RoomDirectory rooms() {
        return rooms;
    }

    /// The text being written for the room that is shown.
    public ComposerViewModel composer() {
        return composer;
    }

    /// How the window stands to the server.
    public ReadOnlyObjectProperty<Link> linkProperty() {
        return link.getReadOnlyProperty();
    }

    /// Something the person should know, until it is dismissed.
    public ReadOnlyObjectProperty<Optional<Phrase>> noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    /// The notice was read.
    public void dismissNotice() {
        notice.set(Optional.empty());
    }

    /// The window got or lost the focus: what comes while it has none is unread.
    public void setFocused(boolean nowFocused) {
        focused = nowFocused;
        if (focused) {
            rooms.currentProperty().get().ifPresent(RoomModel::clearUnread);
        }
    }

    /// Shows this room.
    public void show(RoomModel room) {
        rooms.show(Optional.of(room));
    }

    /// Shows the room `steps` further down in the list.
    public void showNeighbour(int steps) {
        rooms.neighbour(steps).ifPresent(this::show);
    }

    /// Enters a room by name, makes it when there is none, and shows it.
    ///
    /// @return what is wrong with the name; empty when the request is on its way
    public Optional<Phrase> join(String rawName) {
        Optional<Phrase> fault = RoomFaults.ofName(rawName);
        if (fault.isEmpty()) {
            RoomName name = new RoomName(rawName);
            Optional<RoomModel> there = rooms.find(name);
            if (there.isPresent()) {
                show(there.get());
            } else {
                wanted.add(name.folded());
                session.join(name);
            }
        }
        return fault;
    }

    /// Leaves a room.
    public void leave(RoomModel room) {
        session.leave(room.roomId());
    }

    /// Posts what is written into the room that is shown, and empties the composer. Nothing
    /// happens, and nothing is lost, while it cannot be posted.
    public void send() {
        Optional<RoomModel> room = rooms.currentProperty().get();
        Optional<ComposerViewModel.Draft> draft = composer.draft();
        if (room.isPresent() && draft.isPresent() && !(link.get() instanceof Link.Over)) {
            composer.textProperty().set("");
            post(room.get(), draft.get().text(), draft.get().action());
        }
    }

    /// Tells the room that the person types, or stopped.
    public void typing(boolean active) {
        if (link.get() instanceof Link.Online) {
            rooms.currentProperty().get().ifPresent(room -> session.typing(room.roomId(), active));
        }
    }

    /// Posts a failed message again, as the newest.
    public void retry(MessageRow failed) {
        rooms.currentProperty()
                .get()
                .ifPresent(room -> {
                    discard(failed);
                    post(room, new MessageText(failed.text()), failed.action());
                });
    }

    /// Takes a failed message back.
    public void discard(MessageRow failed) {
        session.discard(failed.id());
        rooms.currentProperty().get().ifPresent(room -> room.timeline().removePending(failed.id()));
    }

    /// The oldest message shown came into sight: fetches those before it.
    public void loadOlder() {
        rooms.currentProperty().get().ifPresent(requests::older);
    }

    /// Ends the session. What is being written stays in the drafts.
    public void close() {
        keepDrafts();
        session.close();
    }

    @Override
    public void onSessionEvent(SessionEvent event) {
        switch (event) {
            case SessionEvent.Connected connected -> connected(connected);
            case SessionEvent.Reconnecting lost -> link.set(new Link.Reconnecting());
            case SessionEvent.Ended ended -> ended(ended);
            case SessionEvent.RoomEntered entered -> entered(entered);
            case SessionEvent.RoomLeft left -> left(left.roomId());
            case SessionEvent.RoomRefused refused -> refused(refused);
            case SessionEvent.EventReceived received -> received(received);
            case SessionEvent.PostChanged changed -> postChanged(changed);
            case SessionEvent.PresenceChanged presence ->
                    rooms.find(presence.roomId()).ifPresent(room -> presence(room, presence));
            case SessionEvent.TypingChanged typing ->
                    rooms.find(typing.roomId())
                            .ifPresent(room ->
                                    room.setTyping(
                                            typing.people().stream()
                                                    .map(UserName::value)
                                                    .toList()));
            case SessionEvent.RoomChanged changed -> rooms.changed(changed.room());
            case SessionEvent.ErrorReported error ->
                    notice.set(Optional.of(Refusals.of(error.code(), error.text())));
        }
    }

    private void connected(SessionEvent.Connected connected) {
        self = connected.self();
        rooms.joined().forEach(room -> room.setSelf(self.userId()));
        clockOffsetMillis = connected.clockOffsetMillis();
        link.set(new Link.Online());
        requests.rooms();
    }

    private void ended(SessionEvent.Ended ended) {
        String name = self.name().value();
        link.set(
                new Link.Over(
                        Phrase.of("failure." + ended.failure(), surroundings.server(), name)));
        keepDrafts();
    }

    private void entered(SessionEvent.RoomEntered entered) {
        Optional<RoomModel> known = rooms.find(entered.room().roomId());
        RoomModel room = known.orElseGet(() -> newRoom(entered));
        room.update(entered.room());
        boolean gap = entered.cacheInvalid() || room.nextSeq != entered.nextSeq();
        room.nextSeq = entered.nextSeq();
        if (known.isEmpty()) {
            rooms.add(room);
        }
        if (known.isPresent() && entered.cacheInvalid()) {
            notice.set(Optional.of(Phrase.of("notice.newHistory")));
        }
        if (gap) {
            room.timeline().dropStored();
            room.historyLoaded = false;
        }
        if (!room.historyLoaded) {
            requests.newest(room);
        }
        requests.people(room);
        if (wanted.remove(entered.room().name().folded())) {
            show(room);
        }
    }

    private RoomModel newRoom(SessionEvent.RoomEntered entered) {
        RoomModel room = new RoomModel(entered.room(), self.userId(), clock.getZone());
        room.nextSeq = entered.nextSeq();
        room.draft = drafts.take(entered.room().name().value());
        return room;
    }

    private void left(long roomId) {
        rooms.find(roomId)
                .ifPresent(room -> {
                    rooms.remove(room);
                    drafts.keep(room.nameProperty().get(), room.draft);
                    requests.rooms();
                });
    }

    private void refused(SessionEvent.RoomRefused refused) {
        if (RoomName.fault(refused.roomName()).isEmpty()) {
            wanted.remove(new RoomName(refused.roomName()).folded());
        }
        Phrase why = Refusals.of(refused.code(), refused.text());
        notice.set(Optional.of(why));
    }

    private void received(SessionEvent.EventReceived received) {
        rooms.find(received.event().roomId())
                .ifPresent(room -> {
                    room.nextSeq = received.event().seq() + 1;
                    room.timeline().receive(received.event());
                    boolean byOther = received.event().senderId() != self.userId();
                    boolean message = received.event().body() instanceof EventBody.Message;
                    if (byOther && message && !(focused && isShown(room))) {
                        room.addUnread();
                    }
                });
    }

    private void postChanged(SessionEvent.PostChanged changed) {
        Delivery delivery =
                switch (changed.state()) {
                    case WAITING -> new Delivery.Waiting();
                    case SENT -> new Delivery.Sent();
                    case STORED -> new Delivery.Stored(changed.seq());
                    case FAILED ->
                            changed.refusal()
                                    .map(refusal ->
                                            new Delivery.Failed(refusal.code(), refusal.text()))
                                    .orElseGet(() -> new Delivery.Failed(ErrorCode.INTERNAL, ""));
                };
        rooms.find(changed.roomId())
                .ifPresent(room ->
                        room.timeline().changed(changed.id(), delivery, changed.timeMillis()));
    }

    private void presence(RoomModel room, SessionEvent.PresenceChanged presence) {
        room.setOnline(presence.online());
        for (PresenceChange change : presence.changes()) {
            switch (change.kind()) {
                case CAME, AVAILABILITY_CHANGED, RENAMED, ROLE_CHANGED ->
                        room.people().put(change.person());
                case WENT -> room.people().went(change.person());
            }
        }
        if (presence.incomplete()) {
            requests.people(room);
        }
    }

    private void post(RoomModel room, MessageText text, boolean action) {
        MessageId id = session.post(room.roomId(), text, action, 0);
        Author author = new Author(self.userId(), self.name().value(), true);
        Delivery delivery =
                link.get() instanceof Link.Online ? new Delivery.Sent() : new Delivery.Waiting();
        long now = clock.millis() + clockOffsetMillis;
        MessageRow.Placement alone = new MessageRow.Placement(true, true);
        room.timeline()
                .addPending(new MessageRow(id, author, text.value(), action, now, delivery, alone));
    }

    private void currentChanged(Optional<RoomModel> before, Optional<RoomModel> now) {
        before.ifPresent(room -> room.draft = composer.textProperty().get());
        // What was written before there was any room belongs to the first one.
        String homeless = before.isEmpty() ? composer.textProperty().get() : "";
        composer.textProperty().set(now.map(room -> homeless + room.draft).orElse(homeless));
        if (focused) {
            now.ifPresent(RoomModel::clearUnread);
        }
    }

    private void keepDrafts() {
        rooms.currentProperty().get().ifPresent(room -> room.draft = composer.textProperty().get());
        boolean over = link.get() instanceof Link.Over;
        for (RoomModel room : rooms.joined()) {
            Stream<String> unsent = over ? room.timeline().waitingTexts().stream() : Stream.of();
            String text =
                    Stream.concat(unsent, Stream.of(room.draft)).collect(Collectors.joining("\n"));
            drafts.keep(room.nameProperty().get(), text);
        }
    }

    private boolean isShown(RoomModel room) {
        return rooms.currentProperty().get().filter(shown -> shown == room).isPresent();
    }
}
