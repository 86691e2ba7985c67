package localchat.client.fx.chat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import localchat.client.fx.chat.MessageRow.Placement;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.RoomEvent;

/// The messages of one room as an observable list: first those the server has, in order of seq and
/// each once, however often and in whatever order they are handed in; then the person's own that it
/// does not have yet, in the order they were written. Belongs to the JavaFX thread.
public final class Timeline {
    /// Longest pause inside a group of messages by one author, in milliseconds. Reason: five
    /// minutes is where other chats begin a new block, too.
    static final long GROUP_PAUSE_MILLIS = 5 * 60 * 1000;

    private long selfId;
    private final ZoneId zone;
    private final ObservableList<MessageRow> rows = FXCollections.observableArrayList();
    private final ObservableList<MessageRow> readOnlyRows =
            FXCollections.unmodifiableObservableList(rows);

    /// How many rows, from the first on, the server has.
    private int stored;

    /// An empty timeline.
    ///
    /// @param selfId user id of the person in front of the window
    /// @param zone whose midnight parts the days
    public Timeline(long selfId, ZoneId zone) {
        this.selfId = selfId;
        this.zone = zone;
    }

    /// The rows, for showing.
    public ObservableList<MessageRow> rows() {
        return readOnlyRows;
    }

    /// The person has another user id from now on: the server's history is another one.
    void setSelf(long newSelfId) {
        selfId = newSelfId;
    }

    /// The oldest seq shown.
    public OptionalLong firstSeq() {
        return stored == 0 ? OptionalLong.empty() : OptionalLong.of(rows.getFirst().seq());
    }

    /// Takes one event in; nothing happens when it is there already or is no message.
    public void receive(RoomEvent event) {
        if (!(event.body() instanceof EventBody.Message(var text, var replyToSeq, var action))) {
            return;
        }
        MessageRow row = row(event, text.value(), action);
        int at = insertionPoint(event.seq());
        if (at < stored && rows.get(at).seq() == event.seq()) {
            return;
        }
        OptionalInt pending = row.author().self() ? pendingIndex(event.id()) : OptionalInt.empty();
        if (pending.isPresent() && pending.getAsInt() == at) {
            rows.set(at, placed(at, row));
        } else {
            pending.ifPresent(this::removeAt);
            rows.add(at, placed(at, row));
        }
        stored++;
        reflow(at + 1);
    }

    /// Takes a page of history in.
    ///
    /// @param events in ascending seq
    public void receiveAll(List<RoomEvent> events) {
        boolean allOlder =
                events.isEmpty()
                        || firstSeq().isEmpty()
                        || events.getLast().seq() < firstSeq().getAsLong();
        if (!allOlder || rows.size() > stored) {
            events.forEach(this::receive);
            return;
        }
        List<MessageRow> page = new ArrayList<>(events.size());
        for (RoomEvent event : events) {
            if (event.body() instanceof EventBody.Message(var text, var replyToSeq, var action)) {
                MessageRow row = row(event, text.value(), action);
                page.add(
                        page.isEmpty()
                                ? row.with(first())
                                : row.with(placement(page.getLast(), row)));
            }
        }
        rows.addAll(0, page);
        stored += page.size();
        reflow(page.size());
    }

    /// Adds an own message that the server does not have yet.
    public void addPending(MessageRow row) {
        rows.add(placed(rows.size(), row));
    }

    /// An own message moved on. Nothing happens when it is not waiting here.
    ///
    /// @param timeMillis the server's time when it is stored, else not used
    public void changed(MessageId id, Delivery delivery, long timeMillis) {
        OptionalInt index = pendingIndex(id);
        if (index.isEmpty()) {
            return;
        }
        int from = index.getAsInt();
        MessageRow row = rows.get(from);
        if (!(delivery instanceof Delivery.Stored(long seq))) {
            rows.set(from, row.with(delivery, row.timeMillis()));
            return;
        }
        int to = insertionPoint(seq);
        MessageRow now = row.with(delivery, timeMillis);
        if (to < stored && rows.get(to).seq() == seq) {
            removeAt(from);
            return;
        }
        if (to == from) {
            rows.set(from, placed(from, now));
        } else {
            removeAt(from);
            rows.add(to, placed(to, now));
        }
        stored++;
        reflow(to + 1);
    }

    /// Takes an own message out that the server does not have.
    public void removePending(MessageId id) {
        pendingIndex(id).ifPresent(this::removeAt);
    }

    /// Own messages that were never handed to a connection.
    List<String> waitingTexts() {
        return rows.subList(stored, rows.size()).stream()
                .filter(row -> row.delivery() instanceof Delivery.Waiting)
                .map(MessageRow::text)
                .toList();
    }

    /// Forgets what came from the server; own messages that wait stay.
    public void dropStored() {
        rows.remove(0, stored);
        stored = 0;
        reflow(0);
    }

    private void removeAt(int index) {
        rows.remove(index);
        reflow(index);
    }

    private MessageRow row(RoomEvent event, String text, boolean action) {
        Author author =
                new Author(
                        event.senderId(), event.senderName().value(), event.senderId() == selfId);
        Delivery delivery = new Delivery.Stored(event.seq());
        return new MessageRow(
                event.id(), author, text, action, event.timeMillis(), delivery, first());
    }

    /// Index of the first stored row whose seq is not below this one; looked for from the end,
    /// where new messages belong.
    private int insertionPoint(long seq) {
        int low = 0;
        int high = stored;
        if (stored > 0 && rows.get(stored - 1).seq() < seq) {
            return stored;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).seq() < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private OptionalInt pendingIndex(MessageId id) {
        for (int i = stored; i < rows.size(); i++) {
            if (rows.get(i).id().equals(id)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// The row now at `index` got another one before it.
    private void reflow(int index) {
        if (index < rows.size()) {
            MessageRow row = rows.get(index);
            MessageRow now = placed(index, row);
            if (!now.placement().equals(row.placement())) {
                rows.set(index, now);
            }
        }
    }

    private MessageRow placed(int index, MessageRow row) {
        return row.with(index == 0 ? first() : placement(rows.get(index - 1), row));
    }

    private static Placement first() {
        return new Placement(true, true);
    }

    private Placement placement(MessageRow before, MessageRow row) {
        boolean startsDay = !day(before).equals(day(row));
        boolean startsGroup =
                startsDay
                        || before.author().userId() != row.author().userId()
                        || before.action()
                        || row.action()
                        || row.timeMillis() - before.timeMillis() > GROUP_PAUSE_MILLIS;
        return new Placement(startsDay, startsGroup);
    }

    private LocalDate day(MessageRow row) {
        return Instant.ofEpochMilli(row.timeMillis()).atZone(zone).toLocalDate();
    }
}
