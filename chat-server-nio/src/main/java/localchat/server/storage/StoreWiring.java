package localchat.server.storage;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import localchat.server.counters.Counters;

/// What a store needs of the server around it.
///
/// @param epochMillis milliseconds since 1970-01-01T00:00:00Z; safe from any thread
/// @param clockNanos a monotonic clock; safe from any thread
/// @param later runs a task on the loop thread; safe from any thread. At most one of the store's
///   waits at a time, and faults of those who hear of results beside it
/// @param fatal the server must end with exit code 1, for this reason, one line for the operator;
///   safe from any thread. Nothing is stored any more
/// @param counters written on the loop thread alone
public record StoreWiring(
        LongSupplier epochMillis,
        LongSupplier clockNanos,
        Consumer<Runnable> later,
        Consumer<String> fatal,
        Counters counters) {}
