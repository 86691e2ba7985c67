package localchat.client.terminal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import localchat.core.client.ChatSession;
import localchat.core.client.ConnectionState;
import localchat.core.client.HistoryMessages;
import localchat.core.client.RequestException;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.model.RoomEvent;
import org.jspecify.annotations.Nullable;

/// Reads the newest messages of one room, page by page, through losses of connection, and joins
/// them with what is live. Belongs to the owning thread: answers come back to it through the inbox.
final class HistoryFeed {
    /// How often one page is asked for when the server is busy or does not have what it told of.
    private static final int PAGE_ATTEMPTS_MAX = 5;

    /// The pause before a page is asked for again of a server that was busy. It doubles each time,
    /// up to the longest.
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);

    private static final Duration PAUSE_MOST = Duration.ofSeconds(30);
    private static final int DOUBLINGS_MAX = 10;

    /// Events other than messages that are held while a history is read. With more, they are told
    /// at once: nothing is lost, but what a later page has folded in may be told twice. Reason: 16
    /// MiB at the very most, and minutes of a busy room.
    static final int HELD_MAX = 4_096;

    private final ChatSession session;
    private final Inbox inbox;
    private final long roomId;
    private final HistoryPlan plan;
    private final Reader reader;
    private final FoldedPages pages = new FoldedPages();
    private final List<RoomEvent> held = new ArrayList<>();
    private long asks;
    private int attempts;

    /// Who wanted the history.
    interface Reader {
        /// The next message of it, in order.
        void onHistory(ChatMessage message) throws IOException;

        /// That was all; what comes live with a higher seq follows it.
        void onHistoryComplete(long seq) throws IOException;

        /// Something else than a message happened while the history was read, and it is not in it.
        void onMeanwhile(RoomEvent event) throws IOException;

        /// One more page of it came.
        default void onPage() {}

        /// Whether to go on asking a server that was busy so often.
        default boolean isPatient(int attempts) {
            return attempts < PAGE_ATTEMPTS_MAX;
        }

        /// It cannot be read.
        void onHistoryFailed(RequestException refusal) throws IOException;

        /// What is kept on this device ends here, and the server cannot be reached. It goes on when
        /// the room was entered again.
        default void onNotConnected() {}
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
            tellHeld();
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

    /// The room's log reaches at least up to here.
    void noteNewest(long seq) {
        plan.noteLive(seq);
    }

    /// An event of the room arrived. A message will come out as history; anything else is held.
    void noteLive(RoomEvent event) throws IOException {
        if (ChatMessage.isMessage(event)) {
            plan.noteLive(event.seq());
            return;
        }
        held.add(event);
        if (held.size() >= HELD_MAX) {
            tellHeld();
        }
    }

    private void tellHeld() throws IOException {
        for (RoomEvent event : held) {
            if (pages.isNews(event)) {
                reader.onMeanwhile(event);
            }
        }
        held.clear();
    }

    /// What the pages had folded in.
    FoldedPages pages() {
        return pages;
    }

    /// Seqs left out between what was known before and the first message, 0 for none.
    long skipped() {
        return plan.skipped();
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
        List<ChatMessage> fresh = plan.accept(page);
        if (!fresh.isEmpty()) {
            pages.shown(fresh.getFirst().seq(), fresh.getLast().seq(), page.trueAsOfSeq());
        }
        for (ChatMessage message : fresh) {
            reader.onHistory(message);
        }
        if (plan.isStuck()) {
            onNoProgress();
        } else {
            attempts = 0;
            reader.onPage();
            ask();
        }
    }

    /// Less is there than the server told of. Without a connection that is what is kept here, and
    /// the room will be entered again.
    private void onNoProgress() throws IOException {
        if (session.state() != ConnectionState.CONNECTED) {
            reader.onNotConnected();
            return;
        }
        attempts++;
        if (attempts >= PAGE_ATTEMPTS_MAX) {
            plan.giveUp();
        }
        ask();
    }

    /// When the connection was lost nothing is done: the room will be entered again.
    private void onFailure(RequestException refusal) throws IOException {
        attempts++;
        if (refusal.code().retryable() && reader.isPatient(attempts)) {
            long asked = asks;
            inbox.putAfter(pause(attempts), new Notice.Later(() -> askAfterPause(asked)));
        } else if (refusal.code() != ErrorCode.NOT_NOW) {
            reader.onHistoryFailed(refusal);
        }
    }

    /// @param attempts that failed, above 0
    static Duration pause(int attempts) {
        Duration doubled = PAUSE_FIRST.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS_MAX));
        return doubled.compareTo(PAUSE_MOST) < 0 ? doubled : PAUSE_MOST;
    }

    /// Nothing happens when the room was entered again meanwhile, which asked already.
    private void askAfterPause(long asked) throws IOException {
        if (asked == asks) {
            ask();
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
