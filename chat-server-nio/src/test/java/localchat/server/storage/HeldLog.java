package localchat.server.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import localchat.core.model.ErrorCode;
import localchat.core.model.Id128;
import localchat.server.room.CommitListener;
import localchat.server.room.Directory;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog;
import localchat.server.room.PostOutcome;
import localchat.server.room.Reading;
import localchat.server.room.RoomState;

/// A [MemoryLog] that answers when the test says so, as a disk answers when it can. Until it is
/// told otherwise it is not in the way. What is held is read when it is let go.
public final class HeldLog implements MessageLog, Directory {
    private final MemoryLog log;
    private final ArrayDeque<Runnable> readings = new ArrayDeque<>();
    private final ArrayDeque<Runnable> decisions = new ArrayDeque<>();
    private final List<KeptPerson> people = new ArrayList<>();
    private CommitListener listener = outcome -> {};
    private boolean holdsReadings;
    private boolean holdsDecisions;
    private boolean isOutOfIds;
    private int busyReadings;
    private boolean isFull;
    private boolean fails;

    public HeldLog(MemoryLog log) {
        this.log = log;
        log.listener(new Holder());
    }

    // What the test says
    // -------------------------------------------------------------------------------------

    /// From now on nothing is read until [#read].
    public void holdReadings() {
        holdsReadings = true;
    }

    /// Readings that wait.
    public int readings() {
        return readings.size();
    }

    /// Carries out the reading that waits for longest.
    public void read() {
        readings.remove().run();
    }

    /// Carries out all readings that wait; later ones do not wait any more.
    public void readAll() {
        holdsReadings = false;
        for (int i = readings.size(); i > 0; i--) {
            read();
        }
    }

    /// Answers BUSY to so many readings that come.
    public void refuseReadings(int count) {
        busyReadings = count;
    }

    /// From now on posts are stored and nobody hears of it until [#decide].
    public void holdDecisions() {
        holdsDecisions = true;
    }

    /// Tells what became of the post that waits for longest to hear of it.
    public void decide() {
        decisions.remove().run();
    }

    /// Tells what became of all posts; later ones do not wait any more.
    public void decideAll() {
        holdsDecisions = false;
        for (int i = decisions.size(); i > 0; i--) {
            decide();
        }
    }

    /// Whether posts are not even taken, because too many wait.
    public void full(boolean now) {
        isFull = now;
    }

    /// Whether what is posted cannot be stored. Those who posted hear of it with [#decide].
    public void failing(boolean now) {
        fails = now;
    }

    /// Whether all ids that were reserved are given away.
    public void outOfIds(boolean now) {
        isOutOfIds = now;
    }

    // The log
    // ------------------------------------------------------------------------------------------------

    private final class Holder implements CommitListener {
        @Override
        public void onCommit() {
            listener.onCommit();
        }

        @Override
        public void onPostDecided(PostOutcome outcome) {
            decisions.add(() -> listener.onPostDecided(outcome));
            if (!holdsDecisions) {
                decide();
            }
        }
    }

    private <T> void read(Consumer<Reading<T>> answer, Consumer<Consumer<Reading<T>>> question) {
        if (busyReadings > 0) {
            busyReadings--;
            answer.accept(new Reading.Failed<>(ErrorCode.BUSY, "as the test wants it"));
        } else if (holdsReadings) {
            readings.add(() -> question.accept(answer));
        } else {
            question.accept(answer);
        }
    }

    @Override
    public void listener(CommitListener hears) {
        listener = hears;
    }

    @Override
    public Id128 epoch() {
        return log.epoch();
    }

    @Override
    public boolean offer(LogPost post) {
        if (isFull) {
            return false;
        }
        if (fails) {
            PostOutcome refused =
                    new PostOutcome.Refused(post, ErrorCode.STORAGE_FAILED, "as the test wants it");
            return decisions.add(() -> listener.onPostDecided(refused));
        }
        return log.offer(post);
    }

    @Override
    public long oldestSeq(long roomId) {
        return log.oldestSeq(roomId);
    }

    @Override
    public void readEvents(
            long roomId, long fromSeq, long toSeq, int bytesMax, Consumer<Reading<Events>> answer) {
        read(answer, found -> log.readEvents(roomId, fromSeq, toSeq, bytesMax, found));
    }

    @Override
    public void readPage(
            long roomId,
            long visibleFromSeq,
            PageAnchor anchor,
            int messagesMax,
            Consumer<Reading<Page>> answer) {
        read(answer, found -> log.readPage(roomId, visibleFromSeq, anchor, messagesMax, found));
    }

    // The directory
    // ------------------------------------------------------------------------------------------

    @Override
    public List<KeptRoom> rooms() {
        return log.rooms();
    }

    /// Those who were added: a memory's own list is empty.
    @Override
    public List<KeptPerson> people() {
        return List.copyOf(people);
    }

    @Override
    public boolean hasRoomId() {
        return !isOutOfIds;
    }

    @Override
    public boolean hasUserId() {
        return !isOutOfIds;
    }

    @Override
    public long newRoomId() {
        return log.newRoomId();
    }

    @Override
    public long newUserId() {
        return log.newUserId();
    }

    @Override
    public void addRoom(long roomId, RoomState initial) {
        log.addRoom(roomId, initial);
    }

    @Override
    public void addPerson(KeptPerson person) {
        people.add(person);
    }

    @Override
    public void markRead(long userId, long roomId, long seq) {
        log.markRead(userId, roomId, seq);
    }

    @Override
    public void readMarker(
            long userId, long roomId, boolean fromStart, Consumer<Reading<Marker>> answer) {
        read(answer, found -> log.readMarker(userId, roomId, fromStart, found));
    }
}
