package localchat.client.terminal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.client.terminal.PendingLines.Pending;
import localchat.client.terminal.PipeConversation.Report;
import localchat.core.client.ChatSession;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent.PostRestored;
import localchat.core.client.SessionEvent.Refusal;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;

/// What a pipe posts: the lines of its input, and before them what an earlier run of the same
/// profile left in the outbox. Belongs to the thread of the conversation.
final class PipePosts {
    private final ChatSession session;
    private final Report report;
    private final Optional<OnceIds> onceIds;
    private final PendingLines pending = new PendingLines();
    private final List<PostRestored> restored = new ArrayList<>();
    private final Map<MessageId, EventBody> sentEarlier = new HashMap<>();
    private final Map<MessageId, EventBody> failedEarlier = new HashMap<>();

    /// @param onceIds the ids of the lines; empty for random ones
    PipePosts(ChatSession session, Report report, Optional<OnceIds> onceIds) {
        this.session = session;
        this.report = report;
        this.onceIds = onceIds;
    }

    /// An earlier run left this behind; told before the first connection.
    void onRestored(PostRestored post) {
        restored.add(post);
    }

    /// The room was entered: what an earlier run posted there goes out now, and is waited for. What
    /// it posted elsewhere stays in the outbox until a run enters that room.
    void onRoomEntered(long roomId) {
        for (PostRestored post : restored) {
            if (post.roomId() == roomId && post.state() == PostState.FAILED) {
                failedEarlier.put(post.id(), post.body());
            } else if (post.roomId() == roomId) {
                sentEarlier.put(post.id(), post.body());
                pending.add(post.id(), PendingLines.EARLIER, post.body());
            }
        }
        restored.clear();
    }

    /// A line of input. With a key, an earlier run may have posted it: then it waits in the outbox
    /// or is stored, and either way its id makes one of the two.
    ///
    /// @return why it is not posted
    Optional<Refusal> onLine(long roomId, long number, MessageText text) {
        EventBody body = new EventBody.Message(text, 0, false);
        if (onceIds.isEmpty()) {
            pending.add(session.post(roomId, body), number, body);
            return Optional.empty();
        }
        MessageId id = onceIds.get().ofLine(number);
        EventBody earlier = sentEarlier.get(id);
        if (earlier != null) {
            return claim(id, earlier.equals(body), number);
        }
        EventBody failed = failedEarlier.remove(id);
        if (failed != null && failed.equals(body)) {
            session.retry(id);
        } else {
            if (failed != null) {
                session.discard(id);
            }
            session.post(id, roomId, body);
        }
        pending.add(id, number, body);
        return Optional.empty();
    }

    /// A line that an earlier run read goes out without another post, or is stored already.
    private Optional<Refusal> claim(MessageId id, boolean isSame, long number) {
        Optional<Pending> waiting = pending.find(id).filter(line -> !line.isStored());
        if (isSame && waiting.isPresent()) {
            pending.claim(waiting.get(), number);
            return Optional.empty();
        }
        pending.window().release();
        return isSame
                ? Optional.empty()
                : Optional.of(
                        new Refusal(ErrorCode.CONFLICT, "another text was posted with this key"));
    }

    /// A post was refused.
    ///
    /// @return whether it is one of this run's lines
    boolean onRefused(Pending line, Refusal refusal) {
        sentEarlier.remove(line.id());
        // Nobody is there to try it again, but for another run with the same key, which has the
        // line itself; kept, such posts would fill the outbox run by run.
        session.discard(line.id());
        sayRefused(line.number(), refusal);
        return line.number() != PendingLines.EARLIER;
    }

    /// Says which post was refused.
    void sayRefused(long number, Refusal refusal) {
        String words = (refusal.code() + " " + refusal.text()).strip();
        if (number == PendingLines.EARLIER) {
            report.say(Text.EARLIER_REFUSED, words);
        } else {
            report.say(Text.LINE_REFUSED, number, words);
        }
    }

    PendingLines pending() {
        return pending;
    }
}
