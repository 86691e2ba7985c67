package localchat.core.client;

import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import localchat.core.model.Id128;
import localchat.core.model.RoomEvent;

/// The cache of a session that keeps nothing.
final class NoCache implements RoomCache {
    @Override
    public List<Restored> turnTo(Id128 serverId, LongUnaryOperator localIds) {
        return List.of();
    }

    @Override
    public void onConnected(long userId, long serverTimeMillis) {}

    @Override
    public void onEntered(EnteredRoom room, boolean invalid) {}

    @Override
    public void onInfo(EnteredRoom room) {}

    @Override
    public void onEvent(EnteredRoom room, RoomEvent event) {}

    @Override
    public void onPage(EnteredRoom room, HistoryAnchor anchor, HistoryMessages page) {}

    @Override
    public Optional<HistoryMessages> complete(EnteredRoom room, HistoryAnchor anchor, int limit) {
        return Optional.empty();
    }

    @Override
    public Optional<HistoryMessages> known(long roomId, HistoryAnchor anchor, int limit) {
        return Optional.empty();
    }

    @Override
    public ReadState readingAt(long roomId, long seq) {
        return new ReadState(seq, 0, 0, 0);
    }

    @Override
    public void saveReading(long roomId, ReadState reading) {}

    @Override
    public void saveDraft(long roomId, String text) {}

    @Override
    public void onLeft(long roomId) {}

    @Override
    public void close() {}
}
