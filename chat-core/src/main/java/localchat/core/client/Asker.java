package localchat.core.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Brings a question from any thread to the session thread.
interface Asker {
    /// Asks, and lets the session thread answer.
    ///
    /// @param question run on the session thread, answers the future; when the session has ended,
    ///   the future tells so
    <T> CompletableFuture<T> ask(Consumer<CompletableFuture<T>> question);
}
