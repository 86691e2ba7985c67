package localchat.client.fx.chat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.RoomEvent;

/// A part without holes of one room's messages, as an observable list: first those the server has,
/// in order of seq and each once, however often and in whatever order they are handed in, each with
/// the edits, reactions, pins and the deletion that are known; then the person's own that it does
/// not have yet, in the order they were written. Belongs to the JavaFX thread.
///
/// The part reaches to the newest message, or, after a jump into the past, does not: then there are
/// more after it, and what comes live is left out until the part was led on to the end.
public final class Timeline {
    /// Most rows kept. Reason: days of a busy room; past it the oldest go, and can be fetched
    /// again.
    static final int ROWS_MAX = 50_000;

    /// So many rows go at once, so that it is seldom done.
    static final int ROWS_TRIMMED = 10_000;

    /// What is unread after some place.
    record Unread(int messages, int mentions) {}

    private final RowMaker maker;
    private final Placing placing;
    private final ObservableList<MessageRow> rows = FXCollections.observableArrayList();
    private final ObservableList<MessageRow> readOnlyRows =
            FXCollections.unmodifiableObservableList(rows);
    private final HeldMessages held = new HeldMessages();
    private final Reach reach = new Reach();
    private final Map<MessageId, EventBody.Message> pendingBodies = new HashMap<>();

    /// How many rows, from the first on, the server has.
    private int stored;

    /// Highest seq of an event that came live.
    private long newestEvent;

    /// An empty timeline.
    ///
    /// @param self the person in front of the window
    /// @param zone whose midnight parts the days
    public Timeline(Self self, ZoneId zone) {
        maker = new RowMaker(self, held::find);
        placing = new Placing(zone, rows);
    }

    /// The rows, for showing.
    public ObservableList<MessageRow> rows() {
        return readOnlyRows;
    }

    /// Whether newer messages than those here have to be fetched.
    public ReadOnlyBooleanProperty moreAfterProperty() {
        return reach.moreAfterProperty();
    }

    /// Whether older messages than those here may have to be fetched.
    public boolean hasMoreBefore() {
        return reach.hasMoreBefore();
    }

    /// The oldest seq here.
    public OptionalLong firstSeq() {
        return stored == 0 ? OptionalLong.empty() : OptionalLong.of(rows.getFirst().seq());
    }

    /// The newest seq here.
    public OptionalLong lastSeq() {
        return stored == 0 ? OptionalLong.empty() : OptionalLong.of(rows.get(stored - 1).seq());
    }

    /// Where the row with this seq stands.
    public OptionalInt indexOf(long seq) {
        int at = insertionPoint(seq);
        return at < stored && rows.get(at).seq() == seq ? OptionalInt.of(at) : OptionalInt.empty();
    }

    /// Where the unread line stands.
    OptionalInt unreadIndex() {
        return placing.unreadSeq() == 0 ? OptionalInt.empty() : indexOf(placing.unreadSeq());
    }

    /// The person is known otherwise from now on.
    void setSelf(Self self) {
        maker.setSelf(self);
        makeAnew();
    }

    /// Of these people nothing is shown but that they said something.
    void setBlocked(Set<Long> userIds) {
        maker.setBlocked(userIds);
        makeAnew();
    }

    private void makeAnew() {
        for (int i = 0; i < stored; i++) {
            int at = i;
            held.find(rows.get(i).seq()).ifPresent(there -> replace(at, maker.row(there)));
        }
    }

    /// Takes a live event in; nothing happens when it is known already.
    public void receive(RoomEvent event) {
        newestEvent = Math.max(newestEvent, event.seq());
        long target = FoldLog.target(event.body());
        if (target > 0) {
            fold(event, target);
        } else if (ChatMessage.isMessage(event)) {
            reach.saw(event.seq());
            if (reach.hasMoreAfter()) {
                removePending(event.id());
            } else {
                hold(ChatMessage.of(event), event.seq());
            }
        } else if (!reach.hasMoreAfter()) {
            Notes.of(event)
                    .ifPresent(words -> {
                        if (indexOf(event.seq()).isEmpty()) {
                            insert(maker.note(event, words));
                        }
                    });
        }
        if (maker.changeTarget(event.id()) > 0) {
            changeOver(event.id());
        }
        settle(newestEvent);
        if (stored > ROWS_MAX) {
            trim();
        }
    }

    /// Takes a page of history in: it is joined to what is here where the two meet, and else stands
    /// in its place.
    ///
    /// @param anchor what was asked for
    public void take(HistoryMessages page, HistoryAnchor anchor) {
        dropBefore(
                reach.join(page, anchor, firstSeq().orElse(Long.MAX_VALUE), lastSeq().orElse(0)));
        addAll(page.messages(), page.trueAsOfSeq());
        settle(page.trueAsOfSeq());
        placing.relocateUnread(stored, covers(placing.unreadAfter()));
    }

    /// Shows what this device kept, before the server was reached.
    void restore(List<ChatMessage> newest, boolean hasMoreBefore) {
        reach.setMoreBefore(hasMoreBefore);
        addAll(newest, newest.isEmpty() ? 0 : newest.getLast().seq());
    }

    /// Something may be missing between what is here and what comes live from now on: the newest
    /// page that comes next replaces what is older than it.
    void doubt() {
        reach.setDoubtful(stored > 0);
    }

    /// Whether an own message with this id waits here.
    boolean isPending(MessageId id) {
        return pendingBodies.containsKey(id);
    }

    /// Adds an own message that the server does not have yet.
    public void addPending(
            MessageId id, EventBody.Message body, long timeMillis, Delivery delivery) {
        pendingBodies.put(id, body);
        rows.add(placing.placed(rows.size(), maker.pending(id, body, timeMillis, delivery)));
    }

    /// An own message moved on. Nothing happens when it is not waiting here.
    ///
    /// @param timeMillis the server's time when it is stored, else not used
    public void changed(MessageId id, Delivery delivery, long timeMillis) {
        OptionalInt index = pendingIndex(id);
        if (index.isEmpty()) {
            return;
        }
        int at = index.getAsInt();
        if (delivery instanceof Delivery.Stored(long seq)) {
            reach.saw(seq);
            EventBody.Message body = pendingBodies.get(id);
            if (body == null || reach.hasMoreAfter()) {
                removePending(id);
                return;
            }
            Self self = maker.self();
            hold(
                    new ChatMessage(
                            0,
                            seq,
                            timeMillis,
                            self.userId(),
                            self.name(),
                            id,
                            body,
                            0,
                            List.of(),
                            false),
                    seq);
        } else {
            rows.set(at, rows.get(at).with(delivery, rows.get(at).timeMillis()));
        }
    }

    /// A failed message waits again, behind all others.
    void requeue(MessageId id) {
        pendingIndex(id)
                .ifPresent(at -> {
                    MessageRow row = rows.get(at);
                    removeAt(at);
                    MessageRow again = row.with(new Delivery.Waiting(), row.timeMillis());
                    rows.add(placing.placed(rows.size(), again));
                });
    }

    /// Takes an own message out that the server does not have.
    public void removePending(MessageId id) {
        pendingBodies.remove(id);
        pendingIndex(id).ifPresent(this::removeAt);
    }

    /// Shows an own edit, deletion or reaction before the server stored it.
    void change(MessageId id, EventBody body, long timeMillis) {
        maker.change(id, body, timeMillis);
        refresh(FoldLog.target(body));
    }

    /// The server stored an own change; it stays as it is shown until its event comes.
    void changeStored(MessageId id, long seq) {
        maker.changeStored(id, seq);
        settle(newestEvent);
    }

    /// An own change will not be.
    void changeOver(MessageId id) {
        long target = maker.changeTarget(id);
        maker.changeOver(id);
        refresh(target);
    }

    /// Draws the unread line above the first message of others after this seq.
    void setUnreadAfter(long seq) {
        placing.setUnreadAfter(OptionalLong.of(seq), stored, covers(OptionalLong.of(seq)));
    }

    /// Takes the unread line away.
    void clearUnread() {
        placing.setUnreadAfter(OptionalLong.empty(), stored, false);
    }

    /// How much is unread after this seq; empty when not all of that is here.
    Optional<Unread> unreadAfter(long seq) {
        return reach.hasMoreAfter() || !covers(OptionalLong.of(seq))
                ? Optional.empty()
                : Optional.of(countAfter(seq));
    }

    /// How much of what is here is unread after this seq.
    Unread countAfter(long seq) {
        int messages = 0;
        int mentions = 0;
        for (int i = insertionPoint(seq + 1); i < stored; i++) {
            MessageRow row = rows.get(i);
            if (row.said().isPresent() && !row.author().self()) {
                messages++;
                mentions += row.said().get().mentionsSelf() ? 1 : 0;
            }
        }
        return new Unread(messages, mentions);
    }

    /// Whether something may be missing between what is here and what comes live.
    boolean isDoubtful() {
        return reach.isDoubtful();
    }

    /// Whether nothing after this seq is missing before the newest row.
    boolean covers(OptionalLong seq) {
        return reach.covers(seq, firstSeq());
    }

    /// The newest own message that can be edited; empty while newer ones may not be here.
    Optional<MessageRow> lastOwn() {
        if (reach.hasMoreAfter()) {
            return Optional.empty();
        }
        for (int i = stored - 1; i >= 0; i--) {
            if (rows.get(i).isOwnOpen()) {
                return Optional.of(rows.get(i));
            }
        }
        return Optional.empty();
    }

    /// Quoted messages to be fetched; each is named once.
    Set<Long> takeUnknownTargets() {
        return maker.takeUnknownTargets();
    }

    /// A quoted message was fetched.
    void learn(ChatMessage message, long asOf) {
        maker.learn(held.now(message, asOf));
        refreshReplies(message.seq());
    }

    /// Forgets what came from the server; own messages that wait stay.
    public void dropStored() {
        dropBefore(Long.MAX_VALUE);
        held.forgetChanges();
        reach.forget();
        newestEvent = 0;
    }

    private void fold(RoomEvent event, long target) {
        if (!held.change(event, target)) {
            return;
        }
        maker.fold(event);
        // Also when it changed nothing: an own change may have been shown before.
        maker.changeOver(event.id());
        refresh(target);
        refreshReplies(target);
    }

    /// Messages in ascending seq, all true as of one seq.
    private void addAll(List<ChatMessage> messages, long asOf) {
        boolean anyPending = rows.size() > stored;
        int from = messages.isEmpty() ? 0 : insertionPoint(messages.getFirst().seq());
        int to = messages.isEmpty() ? 0 : insertionPoint(messages.getLast().seq() + 1);
        if (anyPending || from != to) {
            messages.forEach(message -> hold(message, asOf));
            return;
        }
        messages.forEach(message -> held.put(message, asOf));
        List<MessageRow> page = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            MessageRow row = maker.row(held.find(message.seq()).orElse(message));
            page.add(
                    page.isEmpty()
                            ? placing.placed(from, row)
                            : placing.placed(page.getLast(), row));
        }
        rows.addAll(from, page);
        stored += page.size();
        reflow(from + page.size());
        messages.forEach(message -> refreshReplies(message.seq()));
    }

    private void hold(ChatMessage message, long asOf) {
        boolean isNew = held.find(message.seq()).isEmpty();
        Optional<ChatMessage> now = held.put(message, asOf);
        if (now.isEmpty()) {
            return;
        }
        if (isNew) {
            insert(maker.row(now.get()));
        } else {
            refresh(message.seq());
        }
        refreshReplies(message.seq());
    }

    private void insert(MessageRow row) {
        OptionalInt pending = pendingIndex(row.id());
        int at = insertionPoint(row.seq());
        pendingBodies.remove(row.id());
        if (pending.isPresent() && pending.getAsInt() == at) {
            rows.set(at, placing.placed(at, row));
        } else {
            pending.ifPresent(this::removeAt);
            rows.add(at, placing.placed(at, row));
        }
        stored++;
        reflow(at + 1);
        placing.relocateUnread(stored, covers(placing.unreadAfter()));
    }

    private void settle(long seq) {
        maker.settleUpTo(seq).forEach(this::refresh);
    }

    private void refresh(long seq) {
        OptionalInt at = indexOf(seq);
        if (at.isPresent()) {
            held.find(seq).ifPresent(there -> replace(at.getAsInt(), maker.row(there)));
        }
    }

    private void refreshReplies(long seq) {
        for (long reply : List.copyOf(maker.repliesTo(seq))) {
            refresh(reply);
        }
    }

    private void replace(int at, MessageRow row) {
        MessageRow now = row.with(rows.get(at).placement());
        if (!now.equals(rows.get(at))) {
            rows.set(at, now);
        }
    }

    private void dropBefore(long seq) {
        int count = insertionPoint(seq);
        rows.subList(0, count).forEach(row -> held.remove(row.seq()));
        rows.remove(0, count);
        stored -= count;
        reflow(0);
    }

    private void trim() {
        dropBefore(rows.get(ROWS_TRIMMED).seq());
        reach.setMoreBefore(true);
    }

    private void removeAt(int index) {
        rows.remove(index);
        reflow(index);
    }

    private void reflow(int index) {
        placing.reflow(index);
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
}
