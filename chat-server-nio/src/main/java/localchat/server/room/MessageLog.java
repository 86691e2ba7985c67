package localchat.server.room;

import java.util.List;
import java.util.function.Consumer;
import localchat.core.model.Id128;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.EncodedFrame;

/// The port to where events are kept: rooms see a log that takes posts and gives events back. All
/// methods are called on the loop thread and return at once; every answer comes on the loop thread
/// too, during the call or later.
///
/// The log alone decides: it gives each stored post the next seq of its room, finds posts sent
/// twice, those still under way included, and tells its [CommitListener] in the order of its
/// decisions. What it told was committed is committed.
public interface MessageLog {
    /// Where decisions go. Set once, before the first post.
    void listener(CommitListener listener);

    /// Names the history: another one means that clients' caches do not continue it.
    Id128 epoch();

    /// Hands a post over.
    ///
    /// @return false when too many wait; nothing will be heard of this one
    boolean offer(LogPost post);

    /// Seq of the oldest event of a room that is kept; the head's seq + 1 when none is.
    long oldestSeq(long roomId);

    /// Events of a room from `fromSeq` on: as many as fit into `bytesMax`, at least one if there is
    /// one. None when `fromSeq` is above the head. Begins later than `fromSeq` when older ones are
    /// no longer kept.
    void readEvents(long roomId, long fromSeq, int bytesMax, Consumer<Events> answer);

    /// A run of events without a hole.
    ///
    /// @param firstSeq seq of the first of them
    /// @param frames the frames that carry them, in ascending seq
    record Events(long firstSeq, List<EncodedFrame> frames) {
        /// Copies the list.
        public Events {
            frames = List.copyOf(frames);
        }

        /// Seq of what comes after them.
        public long nextSeq() {
            return firstSeq + frames.size();
        }
    }

    /// A page of messages.
    void readPage(long roomId, PageAnchor anchor, int messagesMax, Consumer<Page> answer);

    /// Which messages a page has.
    sealed interface PageAnchor {
        /// The newest with a seq below this one.
        record Before(long seq) implements PageAnchor {}

        /// The oldest with a seq above this one.
        record After(long seq) implements PageAnchor {}

        /// Half before and half from this seq on.
        record Around(long seq) implements PageAnchor {}

        /// The oldest from this time on, in milliseconds since 1970-01-01T00:00:00Z.
        record FromTime(long epochMillis) implements PageAnchor {}
    }

    /// Messages in ascending seq with what happened to them folded in.
    ///
    /// @param trueAsOfSeq everything up to this seq is folded in
    record Page(List<RoomEvent> messages, long trueAsOfSeq, boolean moreBefore, boolean moreAfter) {
        /// Copies the list.
        public Page {
            messages = List.copyOf(messages);
        }
    }
}
