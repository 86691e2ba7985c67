package localchat.server.room;

import java.nio.ByteBuffer;
import localchat.core.model.ErrorCode;
import localchat.core.model.Person;

/// One member's place in a room: what it has been handed so far. Belongs to the loop thread.
public final class Cursor {
    /// Segment number that no log has: the place is to be found by seq.
    private static final long NOWHERE = 0;

    private final Room room;
    private final Recipient recipient;
    private Person person;

    /// Place in the room's list of members, kept by the room.
    int index = -1;

    private long nextSeq;
    long segment = NOWHERE;
    int offset;
    private boolean waiting;
    private boolean reading;

    /// The last seq of the reading under way.
    private long readingTo;

    private boolean lagging;

    Cursor(Room room, Recipient recipient, Person person, long nextSeq) {
        this.room = room;
        this.recipient = recipient;
        this.person = person;
        this.nextSeq = nextSeq;
    }

    /// The room it is in.
    public Room room() {
        return room;
    }

    /// Whose place it is.
    public Person person() {
        return person;
    }

    Recipient recipient() {
        return recipient;
    }

    void person(Person changed) {
        person = changed;
    }

    /// Seq of the first event not yet handed to the peer's connection.
    public long nextSeq() {
        return nextSeq;
    }

    /// Whether it is in its connection's list of cursors with events; kept by the connection.
    public boolean isWaiting() {
        return waiting;
    }

    /// See [#isWaiting].
    public void waiting(boolean now) {
        waiting = now;
    }

    /// Whether it is still in its room.
    public boolean isInside() {
        return index >= 0;
    }

    /// Fills `into` from `index` on with views of what waits in the live ring, within one write's
    /// budget. The views hold until the next call for any cursor of the same room. Nothing when it
    /// [#isBehind].
    ///
    /// @return the index after the last view
    public int gather(ByteBuffer[] into, int index) {
        return isBehind() ? index : room.log().gather(this, into, index);
    }

    /// Moves over bytes written of what [#gather] gave.
    ///
    /// @return a view of the rest of a frame that was cut, to be copied and sent before anything
    ///   else
    public ByteBuffer advance(long written) {
        long before = nextSeq;
        ByteBuffer rest = room.log().advance(this, written);
        room.rooms().countDeliveries(nextSeq - before);
        return rest;
    }

    /// Whether something waits to be handed over.
    public boolean hasMore() {
        return isInside() && nextSeq <= room.headSeq();
    }

    /// Whether the live ring no longer has what comes next: [#readOn] brings it from the message
    /// log.
    public boolean isBehind() {
        return room.log().isBehind(this);
    }

    /// Has the next older events read from the message log and sent to the recipient as frames;
    /// afterwards the recipient hears [Recipient#onEventsWaiting] again. Nothing while a reading is
    /// under way.
    public void readOn() {
        if (!reading && isInside()) {
            lagging(true);
            reading = true;
            readingTo = room.headSeq();
            room.rooms().readFor(this, readingTo);
        }
    }

    /// Whether a reading is under way.
    public boolean isReading() {
        return reading;
    }

    /// How [#readOn] came out.
    void onRead(Reading<MessageLog.Events> read) {
        reading = false;
        if (!isInside()) {
            return;
        }
        switch (read) {
            case Reading.Found<MessageLog.Events>(MessageLog.Events events) -> onEvents(events);
            case Reading.Failed<MessageLog.Events>(ErrorCode code, String _)
                    when code == ErrorCode.BUSY -> {
                reading = true;
                room.rooms().readLater(this);
            }
            case Reading.Failed<MessageLog.Events> failed -> recipient.fail();
        }
    }

    /// The reading that found too many before it may be tried again.
    void tryAgain() {
        reading = false;
        if (isInside()) {
            recipient.onEventsWaiting(this);
        }
    }

    private void onEvents(MessageLog.Events events) {
        events.frames().forEach(recipient::send);
        jumpTo(events.frames().isEmpty() ? readingTo + 1 : events.nextSeq());
        lagging(isBehind());
        room.rooms().countDeliveries(events.frames().size());
        recipient.onEventsWaiting(this);
    }

    /// It left its room.
    void onLeft() {
        index = -1;
        lagging(false);
    }

    private void lagging(boolean lags) {
        if (lags != lagging) {
            lagging = lags;
            room.rooms().countLagging(lags);
        }
    }

    void moveTo(long seq, long segmentNumber, int offsetInSegment) {
        nextSeq = seq;
        segment = segmentNumber;
        offset = offsetInSegment;
    }

    /// Stands at this seq, wherever in the log that is.
    void jumpTo(long seq) {
        moveTo(seq, NOWHERE, 0);
    }
}
