package localchat.server.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.server.room.MessageLog;
import localchat.server.room.Reading;

/// What a store has in the end: the events of each room as they were read, in that order, doubles
/// and holes included.
public final class StoreContent {
    /// Bytes asked of a log at once.
    private static final int READ_BYTES = 64 * 1024;

    /// One event.
    ///
    /// @param bodyHash of [BodyHash]
    public record Stored(long seq, MessageId id, long bodyHash) {
        /// The event as it is kept.
        public static Stored of(RoomEvent event) {
            return new Stored(event.seq(), event.id(), BodyHash.of(event.body()));
        }
    }

    private final Id128 epoch;
    private final Map<Long, List<Stored>> rooms = new TreeMap<>();

    /// Empty.
    public StoreContent(Id128 epoch) {
        this.epoch = epoch;
    }

    /// Everything that a log has of these rooms. A log that begins later than at seq 1 has holes.
    ///
    /// @param pump has answers of the log come that are not there at once
    public static StoreContent read(MessageLog log, Iterable<Long> roomIds, Runnable pump) {
        StoreContent content = new StoreContent(log.epoch());
        for (long roomId : roomIds) {
            content.rooms.put(roomId, new ArrayList<>());
            long next = 1;
            List<RoomEvent> events = events(log, roomId, next, pump);
            while (!events.isEmpty()) {
                events.forEach(event -> content.add(roomId, Stored.of(event)));
                next = events.getLast().seq() + 1;
                events = events(log, roomId, next, pump);
            }
        }
        return content;
    }

    private static List<RoomEvent> events(MessageLog log, long roomId, long from, Runnable pump) {
        List<Reading<MessageLog.Events>> answers = new ArrayList<>();
        log.readEvents(roomId, from, Long.MAX_VALUE, READ_BYTES, answers::add);
        while (answers.isEmpty()) {
            pump.run();
        }
        return switch (answers.getFirst()) {
            case Reading.Found<MessageLog.Events>(MessageLog.Events found) ->
                    found.frames().stream().map(StoreContent::decoded).toList();
            case Reading.Failed<MessageLog.Events>(var code, String text) ->
                    throw new AssertionError("room " + roomId + ": " + code + ", " + text);
        };
    }

    private static RoomEvent decoded(EncodedFrame frame) {
        try {
            return WireDecoding.event(frame);
        } catch (MalformedFrameException e) {
            throw new AssertionError("the log has a frame that is no event", e);
        }
    }

    /// What a fresh client was given that asked for everything there is.
    public static StoreContent of(Journal fresh, Id128 epoch) {
        StoreContent content = new StoreContent(epoch);
        for (Entry entry : fresh.entries()) {
            if (entry instanceof Entry.Received(long room, long seq, MessageId id, long hash)) {
                content.add(room, new Stored(seq, id, hash));
            }
        }
        return content;
    }

    /// One more event of a room.
    public void add(long roomId, Stored event) {
        rooms.computeIfAbsent(roomId, id -> new ArrayList<>()).add(event);
    }

    /// The epoch that the store is in now.
    public Id128 epoch() {
        return epoch;
    }

    /// The events of all rooms, by room id.
    public Map<Long, List<Stored>> rooms() {
        return rooms;
    }
}
