package localchat.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The bytes of one connection, whatever they travel in. Belongs to the loop thread; never blocks.
public interface Transport {
    /// What a read returns at the end of the stream.
    int END = -1;

    /// Reads into `target`: the number of bytes, 0 when there are none now, [#END] at the end.
    ///
    /// @throws IOException when the connection is broken
    int read(ByteBuffer target) throws IOException;

    /// Writes from `sources[from]` to `sources[to - 1]`, as much as is taken now: the number of
    /// bytes.
    ///
    /// @throws IOException when the connection is broken
    long write(ByteBuffer[] sources, int from, int to) throws IOException;

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
