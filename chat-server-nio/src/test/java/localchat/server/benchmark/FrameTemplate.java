package localchat.server.benchmark;

/// The encoded frame of a message, prefix included, in which only a few bytes change from one
/// message to the next.
interface FrameTemplate {
    /// The next message's frame; it holds until the next call.
    byte[] next(long dueNanos, int stream, int sequence);
}
