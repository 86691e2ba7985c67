package localchat.client.terminal;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import localchat.core.client.ChatSession;
import localchat.core.client.HistoryMessages;
import localchat.core.client.RequestException;
import localchat.core.model.ErrorCode;
import localchat.core.model.RoomEvent;
import org.jspecify.annotations.Nullable;

/// Reads the newest messages of one room, page by page, through losses of connection. Belongs to
/// the owning thread: answers come back to it through the inbox.
final class HistoryFeed {
    /// How often one page is asked for when the server is busy.
    private static final int PAGE_ATTEMPTS_MAX = 5;

    private final ChatSession session;
    private final Inbox inbox;
    private final long roomId;
    private final HistoryPlan plan;
    private final Reader reader;
    private long asks;
    private int attempts;

    /// Who wanted the history.
    interface Reader {
        /// The next message of it, in order.
        void onHistory(RoomEvent event) throws IOException;

        /// That was all; what comes live with a higher seq follows it.
        void onHistoryComplete(long seq) throws IOException;

        /// It cannot be read.
        void onHistoryFailed(RequestException refusal) throws IOException;
    }

    HistoryFeed(ChatSession session, Inbox inbox, long roomId, HistoryPlan plan, Reader reader) {
        this.session = session;
        this.inbox = inbox;
        this.roomId = roomId;
        this.plan = plan;
        this.reader = reader;
    }

    /// Asks for the page that comes next, at first or when the room was entered again. An answer
    /// still to come counts no more.
    void ask() throws IOException {
        Optional<HistoryPlan.Request> request = plan.next();
        long ask = ++asks;
        if (request.isEmpty()) {
            reader.onHistoryComplete(plan.printedTo());
            return;
        }
        var _ =
                session.history(roomId, request.get().anchor(), request.get().limit())
                        .whenComplete((page, failure) ->
                                inbox.putNow(new Notice.Later(() -> onAnswer(ask, page, failure))));
    }

    /// Answers do not count any more.
    void cancel() {
        asks++;
    }

    /// An event of the room arrived; it will come out as history.
    void noteLive(long seq) {
        plan.noteLive(seq);
    }

    private void onAnswer(long ask, @Nullable HistoryMessages page, @Nullable Throwable failure)
            throws IOException {
        if (ask != asks) {
            return;
        }
        if (page == null) {
            onFailure(refusal(failure));
            return;
        }
        attempts = 0;
        for (RoomEvent event : plan.accept(page)) {
            reader.onHistory(event);
        }
        ask();
    }

    /// When the connection was lost nothing is done: the room will be entered again.
    private void onFailure(RequestException refusal) throws IOException {
        attempts++;
        if (refusal.code().retryable() && attempts < PAGE_ATTEMPTS_MAX) {
            ask();
        } else if (refusal.code() != ErrorCode.NOT_NOW) {
            reader.onHistoryFailed(refusal);
        }
    }

    /// The server's refusal that a request ended with; a fault that is none counts as INTERNAL.
    static RequestException refusal(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException wrapper && wrapper.getCause() != null
                        ? wrapper.getCause()
                        : failure;
        return cause instanceof RequestException refusal
                ? refusal
                : new RequestException(ErrorCode.INTERNAL, String.valueOf(cause));
    }
}
