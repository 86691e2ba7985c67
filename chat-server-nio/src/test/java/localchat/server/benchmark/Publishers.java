package localchat.server.benchmark;

import java.util.ArrayList;
import java.util.List;

/// Those who send, in turn.
final class Publishers {
    private final Seating seating;
    private final int receivers;
    private final List<MessageStream> streams = new ArrayList<>();
    private long sent;
    private int next;

    /// The first so many people of the crowd send to each of their rooms.
    ///
    /// @param receivers deliveries that one message makes
    Publishers(Crowd crowd, int people, int receivers) {
        this.seating = crowd.seating();
        this.receivers = receivers;
        // One room of each person after the other, so that consecutive messages have other senders.
        for (int i = 0; i < seating.roomsEach(); i++) {
            for (Client client : crowd.clients().subList(0, people)) {
                streams.add(
                        new MessageStream(client, client.rooms()[i], streams.size(), crowd.wire()));
            }
        }
    }

    void send(long dueNanos) {
        streams.get(next).send(dueNanos);
        next = next + 1 == streams.size() ? 0 : next + 1;
        sent++;
    }

    /// Messages sent.
    long sent() {
        return sent;
    }

    /// Deliveries that one message makes.
    int receivers() {
        return receivers;
    }

    /// Deliveries that all messages sent make.
    long deliveriesDue() {
        return sent * receivers;
    }

    long[] sentToRoom() {
        long[] sentToRoom = new long[seating.rooms()];
        streams.forEach(stream -> sentToRoom[stream.room()] += stream.sent());
        return sentToRoom;
    }
}
