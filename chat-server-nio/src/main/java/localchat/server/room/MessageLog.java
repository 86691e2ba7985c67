package localchat.server.room;

import java.util.List;
import java.util.function.Consumer;
import localchat.core.model.ChatMessage;
import localchat.core.model.Id128;
import localchat.core.protocol.EncodedFrame;

/// The port to where events are kept: rooms see a log that takes posts and gives events back. All
/// methods are called on the loop thread and return at once; every answer comes on the loop thread
/// too, during the call or later.
///
/// The log alone decides: it asks [RoomRules] whether a post may come next, gives each stored one
/// the next seq of its room, finds posts sent twice, those still under way included, and tells its
/// [CommitListener] in the order of its decisions. What it told was committed is committed.
///
/// When a commit fails, every post that was offered until the listener heard of it is refused as
/// well: none overtakes an earlier one of its sender.
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

    /// Events of a room from `fromSeq` to `toSeq`, both included: as many as fit into `bytesMax`,
    /// at least one if there is one. None when `fromSeq` is above `toSeq` or the head. Begins later
    /// than `fromSeq` when older ones are no longer kept.
    void readEvents(
            long roomId, long fromSeq, long toSeq, int bytesMax, Consumer<Reading<Events>> answer);

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
    ///
    /// @param visibleFromSeq nothing below this seq is on it, nor counts as being before it
    void readPage(
            long roomId,
            long visibleFromSeq,
            PageAnchor anchor,
            int messagesMax,
            Consumer<Reading<Page>> answer);

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

    /// Messages in ascending seq with what happened to them folded in. Tombstones are among them,
    /// events of other kinds are not.
    ///
    /// @param trueAsOfSeq everything up to this seq is folded in
    record Page(
            List<ChatMessage> messages, long trueAsOfSeq, boolean moreBefore, boolean moreAfter) {
        /// Copies the list.
        public Page {
            messages = List.copyOf(messages);
        }
    }
}
