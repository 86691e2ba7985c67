package localchat.client.fx.chat;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import localchat.core.model.Person;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;

/// One room the person is in: its name, messages, people, what is unread, and unfinished text.
/// Belongs to the JavaFX thread.
public final class RoomModel {
    /// Most names of people remembered. Reason: more than write in one room; past it the names of
    /// further people are not shown at reactions.
    private static final int NAMES_MAX = 10_000;

    private final long roomId;
    private final RoomKind kind;
    private final Timeline timeline;
    private final People people;
    private final ReadMarker marker = new ReadMarker();
    private final Map<Long, String> namesById = new HashMap<>();
    private final ReadOnlyStringWrapper name;
    private final ReadOnlyStringWrapper topic;
    private final ReadOnlyIntegerWrapper online;
    private final ReadOnlyObjectWrapper<RoomInfo> info;
    private final ReadOnlyObjectWrapper<List<String>> typing =
            new ReadOnlyObjectWrapper<>(this, "typing", List.of());
    private final ReadOnlyObjectWrapper<Optional<Jump>> jump =
            new ReadOnlyObjectWrapper<>(this, "jump", Optional.empty());
    private final ReadOnlyBooleanWrapper loadingOlder =
            new ReadOnlyBooleanWrapper(this, "loadingOlder", false);
    private final ReadOnlyBooleanWrapper loadingNewer =
            new ReadOnlyBooleanWrapper(this, "loadingNewer", false);

    /// What was written and not sent while another room is shown.
    ComposerViewModel.Unfinished unfinished = ComposerViewModel.Unfinished.NOTHING;

    /// What of it was kept for the next start.
    String savedDraft = "";

    /// The seq the next event should have, so that a gap is noticed; 0 before the room was entered.
    long nextSeq;

    /// Whether it was entered on this connection.
    boolean live;

    /// Whether the newest page of history was received, or is not needed.
    boolean historyLoaded;

    /// Pages of history that were asked for and have not come.
    int pagesUnderWay;

    /// Whether the page with which the room opens was asked for and has not come.
    boolean opening;

    /// Whether asking for more history brought nothing, so that it is not asked again for now.
    boolean historyPaused;

    /// Whether it was decided where the room opens.
    boolean opened;

    /// Events up to this seq happened before the room was entered.
    long backlogUntil;

    RoomModel(RoomInfo info, Self self, ZoneId zone) {
        roomId = info.roomId();
        kind = info.kind();
        timeline = new Timeline(self, zone);
        people = new People(self, kind != RoomKind.PUBLIC);
        name = new ReadOnlyStringWrapper(this, "name", info.name().value());
        topic = new ReadOnlyStringWrapper(this, "topic", info.topic());
        online = new ReadOnlyIntegerWrapper(this, "online", info.online());
        this.info = new ReadOnlyObjectWrapper<>(this, "info", info);
    }

    /// Given by the server.
    public long roomId() {
        return roomId;
    }

    /// The same for this room in every session with its server.
    String lastingId() {
        String which =
                kind == RoomKind.DIRECT
                        ? info.get().peer().map(peer -> "" + peer.userId()).orElse("")
                        : info.get().name().folded();
        return kind + " " + which;
    }

    /// Public, private, or a direct message.
    public RoomKind kind() {
        return kind;
    }

    /// Its messages.
    public Timeline timeline() {
        return timeline;
    }

    /// Who is in it.
    public People people() {
        return people;
    }

    /// Everything the server says about it.
    public ReadOnlyObjectProperty<RoomInfo> infoProperty() {
        return info.getReadOnlyProperty();
    }

    /// Its name.
    public ReadOnlyStringProperty nameProperty() {
        return name.getReadOnlyProperty();
    }

    /// What it is about, may be empty.
    public ReadOnlyStringProperty topicProperty() {
        return topic.getReadOnlyProperty();
    }

    /// How many people are in it.
    public ReadOnlyIntegerProperty onlineProperty() {
        return online.getReadOnlyProperty();
    }

    /// How many messages by others were not read.
    public ReadOnlyIntegerProperty unreadProperty() {
        return marker.unreadProperty();
    }

    /// How many of them speak to the person.
    public ReadOnlyIntegerProperty mentionsProperty() {
        return marker.mentionsProperty();
    }

    /// Names of the people who are typing in it.
    public ReadOnlyObjectProperty<List<String>> typingProperty() {
        return typing.getReadOnlyProperty();
    }

    /// Where the list of messages should go, until [#jumped].
    public ReadOnlyObjectProperty<Optional<Jump>> jumpProperty() {
        return jump.getReadOnlyProperty();
    }

    /// Whether older messages are on their way.
    public ReadOnlyBooleanProperty loadingOlderProperty() {
        return loadingOlder.getReadOnlyProperty();
    }

    /// Whether newer messages are on their way.
    public ReadOnlyBooleanProperty loadingNewerProperty() {
        return loadingNewer.getReadOnlyProperty();
    }

    /// The list of messages went where it should.
    public void jumped() {
        jump.set(Optional.empty());
    }

    /// The name of somebody who was seen here; empty when nobody is known by this id.
    public Optional<String> nameOf(long userId) {
        return people.name(userId).or(() -> Optional.ofNullable(namesById.get(userId)));
    }

    /// Whether events that happened before the room was entered are still to come.
    boolean isCatchingUp() {
        return nextSeq <= backlogUntil;
    }

    /// How far the person has read.
    ReadMarker marker() {
        return marker;
    }

    void jumpTo(Jump place) {
        jump.set(Optional.of(place));
    }

    void setLoading(boolean older, boolean newer) {
        loadingOlder.set(older);
        loadingNewer.set(newer);
    }

    void update(RoomInfo now) {
        info.set(now);
        name.set(now.name().value());
        topic.set(now.topic());
        online.set(now.online());
        now.peer().map(List::of).orElse(List.of()).forEach(this::met);
    }

    void rename(RoomName now) {
        RoomInfo old = info.get();
        update(with(old, now, old.topic(), old.settings(), old.ownerId()));
    }

    void setTopic(String now) {
        RoomInfo old = info.get();
        update(with(old, old.name(), now, old.settings(), old.ownerId()));
    }

    void setSettings(RoomSettings now) {
        RoomInfo old = info.get();
        update(with(old, old.name(), old.topic(), now, old.ownerId()));
    }

    void setOwner(long ownerId) {
        RoomInfo old = info.get();
        update(with(old, old.name(), old.topic(), old.settings(), ownerId));
    }

    private RoomInfo with(
            RoomInfo old, RoomName newName, String newTopic, RoomSettings settings, long owner) {
        return new RoomInfo(
                roomId,
                newName,
                kind,
                newTopic,
                old.headSeq(),
                online.get(),
                settings,
                old.peer(),
                owner);
    }

    void setSelf(Self self) {
        timeline.setSelf(self);
        people.setSelf(self);
    }

    void setOnline(int count) {
        online.set(count);
    }

    void setTyping(List<String> names) {
        typing.set(List.copyOf(names));
    }

    /// Somebody was seen here.
    void met(Person person) {
        met(person.userId(), person.name().value());
    }

    void met(long userId, String itsName) {
        if (namesById.size() < NAMES_MAX || namesById.containsKey(userId)) {
            namesById.put(userId, itsName);
        }
    }
}
