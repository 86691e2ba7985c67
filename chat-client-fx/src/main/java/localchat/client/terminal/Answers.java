package localchat.client.terminal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import localchat.core.client.RequestException;
import localchat.core.model.ErrorCode;

/// Brings the server's answers back to the owning thread, through the inbox.
final class Answers {
    private final Inbox inbox;
    private final Announcer announcer;

    /// What to do with an answer.
    @FunctionalInterface
    interface Use<T> {
        /// Does it, on the owning thread.
        void accept(T value) throws IOException;
    }

    Answers(Inbox inbox, Announcer announcer) {
        this.inbox = inbox;
        this.announcer = announcer;
    }

    /// Uses the answer when it comes, or says why there is none.
    <T> void use(CompletableFuture<T> answer, Use<T> use) {
        var _ =
                answer.whenComplete((value, failure) ->
                        inbox.putNow(
                                new Notice.Later(() -> {
                                    if (failure == null) {
                                        use.accept(value);
                                    } else {
                                        sayRefused(HistoryFeed.refusal(failure));
                                    }
                                })));
    }

    private void sayRefused(RequestException refusal) {
        if (refusal.code() == ErrorCode.NOT_NOW) {
            announcer.warning(Text.NOT_CONNECTED);
        } else {
            announcer.warning(Text.REQUEST_REFUSED, String.valueOf(refusal.getMessage()));
        }
    }

    /// Uses the answer if one comes.
    <T> void useQuietly(CompletableFuture<T> answer, Use<T> use) {
        var _ = answer.thenAccept(value -> inbox.putNow(new Notice.Later(() -> use.accept(value))));
    }
}
