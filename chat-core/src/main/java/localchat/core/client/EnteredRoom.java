package localchat.core.client;

import java.util.Optional;
import localchat.core.client.Admission.History;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import org.jspecify.annotations.Nullable;

/// One room this session is in or goes back to after a loss. Belongs to the session thread.
final class EnteredRoom {
    /// Waits before a refused request that may be retried, in milliseconds, when the server names
    /// none.
    private static final long RETRY_MILLIS = 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RoomTrack track = new RoomTrack(0);
    private RoomInfo info;
    private History history;
    private long wireId;
    private long infoSeq;
    private boolean isNew = true;
    private boolean isBlank;
    private boolean live;
    private boolean fetching;
    private Timers.@Nullable Timer retry;

    /// @param info with the front end's id
    /// @param history whose seqs its track counts
    EnteredRoom(long wireId, RoomInfo info, History history) {
        this.wireId = wireId;
        this.info = info;
        this.infoSeq = info.headSeq();
        this.history = history;
    }

    /// How far its events were delivered.
    RoomTrack track() {
        return track;
    }

    /// Its data, with the front end's id.
    RoomInfo info() {
        return info;
    }

    /// Whether it is called like this.
    boolean isNamed(RoomName name) {
        return info.name().folded().equals(name.folded());
    }

    /// The front end's id, the same for as long as the session lasts.
    long localId() {
        return info.roomId();
    }

    /// The server's id on this connection or, while not [#isLive], on the one before.
    long wireId() {
        return wireId;
    }

    /// Whose seqs its track counts.
    History history() {
        return history;
    }

    /// Never entered before.
    boolean isNew() {
        return isNew;
    }

    /// Nothing is known of its events, not even how far they go: only that posts wait for it.
    boolean isBlank() {
        return isBlank;
    }

    /// See [#isBlank].
    EnteredRoom asBlank() {
        isBlank = true;
        return this;
    }

    /// Entered on this connection.
    boolean isLive() {
        return live;
    }

    /// A gap is being fetched, or the pause before the next try runs.
    boolean isFetching() {
        return fetching;
    }

    void setFetching(boolean now) {
        fetching = now;
    }

    void setInfo(RoomInfo newInfo) {
        info = newInfo;
        infoSeq = newInfo.headSeq();
    }

    /// An event of this room was delivered.
    ///
    /// @return the room's data, when it is an event about them that they do not contain yet
    Optional<RoomInfo> apply(RoomEvent event) {
        if (event.seq() <= infoSeq) {
            return Optional.empty();
        }
        Optional<RoomInfo> changed = after(event.body());
        changed.ifPresent(now -> info = now);
        return changed;
    }

    private Optional<RoomInfo> after(EventBody body) {
        return switch (body) {
            case EventBody.Topic(RoomTopic topic) ->
                    Optional.of(with(info.name(), topic.value(), info.settings(), info.ownerId()));
            case EventBody.Rename(RoomName name) ->
                    Optional.of(with(name, info.topic(), info.settings(), info.ownerId()));
            case EventBody.Settings(RoomSettings settings) ->
                    Optional.of(with(info.name(), info.topic(), settings, info.ownerId()));
            case EventBody.Membership membership ->
                    Optional.of(
                            with(
                                    info.name(),
                                    info.topic(),
                                    info.settings(),
                                    membership.change() == MembershipChange.OWNER
                                            ? membership.userId()
                                            : info.ownerId()));
            case EventBody.Message _,
                    EventBody.Edit _,
                    EventBody.Delete _,
                    EventBody.Reaction _,
                    EventBody.Pin _,
                    EventBody.Moderation _,
                    EventBody.Tombstone _,
                    EventBody.Unknown _ ->
                    Optional.empty();
        };
    }

    private RoomInfo with(RoomName name, String topic, RoomSettings settings, long ownerId) {
        return new RoomInfo(
                info.roomId(),
                name,
                info.kind(),
                topic,
                info.headSeq(),
                info.online(),
                settings,
                info.peer(),
                ownerId);
    }

    /// Entered on this connection.
    void onEntered(long newWireId, RoomInfo newInfo, History newHistory) {
        wireId = newWireId;
        setInfo(newInfo);
        history = newHistory;
        live = true;
        isNew = false;
        isBlank = false;
    }

    /// Left, or the connection is lost.
    void onGone() {
        live = false;
        fetching = false;
        track.forgetHeld();
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }

    /// Does `action` after a pause, unless the room is gone by then.
    void retry(Timers timers, PendingRequests.Refused refused, Runnable action) {
        long asked = Math.min(refused.retryAfterMillis(), ReconnectPolicy.RETRY_AFTER_MILLIS_MAX);
        retry = timers.in(Math.max(asked, RETRY_MILLIS) * NANOS_PER_MILLI, action);
    }
}
