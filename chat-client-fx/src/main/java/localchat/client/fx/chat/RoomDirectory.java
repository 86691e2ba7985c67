package localchat.client.fx.chat;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;

/// The rooms the person is in, those that can be joined, and the one that is shown. Belongs to the
/// JavaFX thread.
public final class RoomDirectory {
    /// Public rooms, then private ones, then direct messages, each in order of name.
    private static final Comparator<RoomModel> ORDER =
            Comparator.comparing(RoomModel::kind)
                    .thenComparing(room -> new RoomName(room.nameProperty().get()).folded())
                    .thenComparingLong(RoomModel::roomId);

    private final ObservableList<RoomModel> joined =
            FXCollections.observableArrayList(room ->
                    new Observable[] {
                        room.nameProperty(),
                        room.unreadProperty(),
                        room.mentionsProperty(),
                        room.onlineProperty()
                    });
    private final ObservableList<RoomModel> readOnlyJoined =
            FXCollections.unmodifiableObservableList(joined);
    private final ObservableList<RoomInfo> joinable = FXCollections.observableArrayList();
    private final ObservableList<RoomInfo> readOnlyJoinable =
            FXCollections.unmodifiableObservableList(joinable);
    private final ReadOnlyObjectWrapper<Optional<RoomModel>> current =
            new ReadOnlyObjectWrapper<>(this, "current", Optional.empty());
    private final ReadOnlyIntegerWrapper unread = new ReadOnlyIntegerWrapper(this, "unread", 0);

    RoomDirectory() {
        joined.addListener(
                (ListChangeListener<RoomModel>)
                        change ->
                                unread.set(
                                        joined.stream()
                                                .mapToInt(room -> room.unreadProperty().get())
                                                .sum()));
    }

    /// Rooms the person is in: public ones, private ones, direct messages, each in order of name.
    public ObservableList<RoomModel> joined() {
        return readOnlyJoined;
    }

    /// Public rooms the person is not in, in order of name.
    public ObservableList<RoomInfo> joinable() {
        return readOnlyJoinable;
    }

    /// The room that is shown; empty while the person is in none.
    public ReadOnlyObjectProperty<Optional<RoomModel>> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /// Unread messages in all rooms.
    public ReadOnlyIntegerProperty unreadProperty() {
        return unread.getReadOnlyProperty();
    }

    Optional<RoomModel> find(long roomId) {
        return joined.stream().filter(room -> room.roomId() == roomId).findFirst();
    }

    /// The public room of this name. Anybody may give a private room the name of another one.
    Optional<RoomModel> findNamed(RoomName name) {
        return joined.stream()
                .filter(room -> room.kind() == RoomKind.PUBLIC)
                .filter(room ->
                        new RoomName(room.nameProperty().get()).folded().equals(name.folded()))
                .findFirst();
    }

    /// The direct messages with this person.
    Optional<RoomModel> findDirect(long userId) {
        return joined.stream()
                .filter(room -> room.kind() == RoomKind.DIRECT)
                .filter(room ->
                        room.infoProperty().get().peer().stream()
                                .anyMatch(peer -> peer.userId() == userId))
                .findFirst();
    }

    void show(Optional<RoomModel> room) {
        current.set(room);
    }

    void add(RoomModel room) {
        joinable.removeIf(info -> info.roomId() == room.roomId());
        insert(room);
        if (joined.size() == 1) {
            show(Optional.of(room));
        }
    }

    private void insert(RoomModel room) {
        int at = 0;
        while (at < joined.size() && ORDER.compare(joined.get(at), room) < 0) {
            at++;
        }
        joined.add(at, room);
    }

    /// Puts a room where it belongs under the name it has now. It is moved and not taken out: a
    /// list that shows the rooms would select another one in between.
    private void sort(RoomModel room) {
        int at = joined.indexOf(room);
        boolean afterPrevious = at <= 0 || ORDER.compare(joined.get(at - 1), room) < 0;
        boolean beforeNext = at + 1 >= joined.size() || ORDER.compare(room, joined.get(at + 1)) < 0;
        if (at >= 0 && !(afterPrevious && beforeNext)) {
            FXCollections.sort(joined, ORDER);
        }
    }

    /// Takes a room out; when it was shown, its neighbour is shown instead.
    void remove(RoomModel room) {
        int at = joined.indexOf(room);
        if (at < 0) {
            return;
        }
        if (current.get().filter(shown -> shown == room).isPresent()) {
            int neighbour = at + 1 < joined.size() ? at + 1 : at - 1;
            show(neighbour < 0 ? Optional.empty() : Optional.of(joined.get(neighbour)));
        }
        joined.remove(at);
    }

    /// The room `steps` further down in the list, round and round.
    Optional<RoomModel> neighbour(int steps) {
        if (joined.isEmpty()) {
            return Optional.empty();
        }
        int at = current.get().map(joined::indexOf).orElse(0);
        return Optional.of(joined.get(Math.floorMod(at + steps, joined.size())));
    }

    /// The server's list of rooms came.
    void listed(Collection<RoomInfo> all) {
        all.stream().filter(info -> find(info.roomId()).isPresent()).forEach(this::changed);
        joinable.setAll(
                all.stream()
                        .filter(info ->
                                info.kind() == RoomKind.PUBLIC && find(info.roomId()).isEmpty())
                        .sorted(Comparator.comparing(info -> info.name().folded()))
                        .toList());
    }

    /// One room is new or not as before.
    void changed(RoomInfo info) {
        Optional<RoomModel> room = find(info.roomId());
        if (room.isPresent()) {
            room.get().update(info);
            sort(room.get());
            return;
        }
        joinable.removeIf(old -> old.roomId() == info.roomId());
        if (info.kind() == RoomKind.PUBLIC) {
            int at = 0;
            while (at < joinable.size()
                    && joinable.get(at).name().folded().compareTo(info.name().folded()) < 0) {
                at++;
            }
            joinable.add(at, info);
        }
    }
}
