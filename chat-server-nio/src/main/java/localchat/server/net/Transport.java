package localchat.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import localchat.core.model.CloseReason;

/// The bytes of one connection, whatever they travel in. Belongs to the loop thread; never blocks.
/// What a method does by default is right where bytes travel as they are.
public interface Transport {
    /// What a read returns at the end of the stream.
    int END = -1;

    /// The connection must end, for a reason that has a name.
    final class FailedException extends IOException {
        private static final long serialVersionUID = 1;

        private final CloseReason reason;

        FailedException(CloseReason reason) {
            super(reason.words());
            this.reason = reason;
        }

        CloseReason reason() {
            return reason;
        }
    }

    /// Reads into `target`, which has room for [Connections#READ_BYTES]: the number of bytes, 0
    /// when there are none now, [#END] at the end. Nothing readable is kept back, but for the time
    /// in which it [#isSuspended].
    ///
    /// @throws FailedException when the peer broke a rule of what the bytes travel in
    /// @throws IOException when the connection is broken
    int read(ByteBuffer target) throws IOException;

    /// Writes from `sources[from]` to `sources[to - 1]`, as much as is taken now: the number of
    /// bytes.
    ///
    /// @throws IOException when the connection is broken
    long write(ByteBuffer[] sources, int from, int to) throws IOException;

    /// Whether it holds bytes that the socket has not taken: nothing else is written before them.
    default boolean hasUnsent() {
        return false;
    }

    /// Writes what it holds, as much as is taken now: the number of bytes.
    ///
    /// @throws IOException when the connection is broken
    default long flush() throws IOException {
        return 0;
    }

    /// Whether it waits for work on another thread and reads nothing until then; whoever made it
    /// hears when that is over.
    default boolean isSuspended() {
        return false;
    }

    /// Bytes that came and cannot be handed on yet: the beginning of a unit that is not whole.
    default int bytesHeld() {
        return 0;
    }

    /// Nothing more of what comes is wanted: lets go of what it holds. From now on a read brings
    /// nothing but the end.
    default void forgetIncoming() {}

    /// Whether frames can go in and out.
    default boolean isEstablished() {
        return true;
    }

    /// Tells the peer that nothing more comes.
    ///
    /// @throws IOException when the connection is broken
    void shutdownOutput() throws IOException;

    /// Frees everything; what was written still goes out. Never fails.
    void close();

    /// Frees everything at once, with what was written and not yet sent: the peer finds the
    /// connection reset. Never fails.
    void abort();
}
