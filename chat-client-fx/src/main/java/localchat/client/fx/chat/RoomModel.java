package localchat.client.fx.chat;

import java.time.ZoneId;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import localchat.core.model.RoomInfo;

/// One room the person is in: its name, messages, people, unread count and unfinished text. Belongs
/// to the JavaFX thread.
public final class RoomModel {
    private final long roomId;
    private final Timeline timeline;
    private final People people;
    private final ReadOnlyStringWrapper name;
    private final ReadOnlyStringWrapper topic;
    private final ReadOnlyIntegerWrapper online;
    private final ReadOnlyIntegerWrapper unread = new ReadOnlyIntegerWrapper(this, "unread", 0);
    private final ReadOnlyObjectWrapper<List<String>> typing =
            new ReadOnlyObjectWrapper<>(this, "typing", List.of());

    /// What was written and not sent while another room is shown.
    String draft = "";

    /// The seq the next event should have, so that a gap is noticed.
    long nextSeq;

    /// Whether the newest page of history was received, or is not needed.
    boolean historyLoaded;

    /// Whether there may be older messages than those shown.
    boolean moreBefore;

    /// Whether a page of history was asked for and has not come.
    boolean historyUnderWay;

    RoomModel(RoomInfo info, long selfId, ZoneId zone) {
        roomId = info.roomId();
        timeline = new Timeline(selfId, zone);
        people = new People(selfId);
        name = new ReadOnlyStringWrapper(this, "name", info.name().value());
        topic = new ReadOnlyStringWrapper(this, "topic", info.topic());
        online = new ReadOnlyIntegerWrapper(this, "online", info.online());
    }

    /// Given by the server.
    public long roomId() {
        return roomId;
    }

    /// Its messages.
    public Timeline timeline() {
        return timeline;
    }

    /// Who is in it.
    public People people() {
        return people;
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

    /// How many messages by others came while it was not looked at.
    public ReadOnlyIntegerProperty unreadProperty() {
        return unread.getReadOnlyProperty();
    }

    /// Names of the people who are typing in it.
    public ReadOnlyObjectProperty<List<String>> typingProperty() {
        return typing.getReadOnlyProperty();
    }

    void update(RoomInfo info) {
        name.set(info.name().value());
        topic.set(info.topic());
        online.set(info.online());
    }

    void setSelf(long selfId) {
        timeline.setSelf(selfId);
        people.setSelf(selfId);
    }

    void setOnline(int count) {
        online.set(count);
    }

    void addUnread() {
        unread.set(unread.get() + 1);
    }

    void clearUnread() {
        unread.set(0);
    }

    void setTyping(List<String> names) {
        typing.set(List.copyOf(names));
    }
}
