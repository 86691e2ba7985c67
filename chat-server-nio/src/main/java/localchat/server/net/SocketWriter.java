package localchat.server.net;

import java.io.IOException;
import localchat.core.protocol.EncodedFrame;
import localchat.server.counters.Counter;
import localchat.server.room.Cursor;

/// The way out of one connection: what waits goes to the transport with one call, and what the
/// socket did not take goes on when it takes more. Belongs to the loop thread; never closes
/// anything.
///
/// ```
///   taking ──took less than it was offered──► blocked ──OP_WRITE, or tried again──► taking
/// ```
final class SocketWriter {
    private final Connections connections;
    private final Transport transport;
    private final Outgoing outgoing = new Outgoing();

    /// The socket took less than it was offered; OP_WRITE says when it takes more.
    private boolean blocked;

    /// Bytes were left by the last write.
    private boolean wantsWrites;

    private long blockedNanos;
    private long tookNanos;

    SocketWriter(Connections connections, Transport transport) {
        this.connections = connections;
        this.transport = transport;
        this.tookNanos = connections.nowNanos();
    }

    void add(EncodedFrame frame) {
        outgoing.add(frame);
    }

    void add(Cursor cursor) {
        outgoing.add(cursor);
    }

    /// Bytes of private frames that wait.
    int frameBytes() {
        return outgoing.frameBytes();
    }

    /// Whether nothing is offered to the socket until it says that it takes more.
    boolean isBlocked() {
        return blocked;
    }

    /// Whether the selector is to say when the socket takes more.
    boolean wantsWrites() {
        return wantsWrites;
    }

    /// Since when bytes wait and the socket has taken none.
    long blockedNanos() {
        return blockedNanos;
    }

    /// When a peer that had not read was last seen to read, by what its socket took.
    long tookNanos() {
        return tookNanos;
    }

    /// The socket says that it takes bytes again.
    void onWritable() {
        blocked = false;
        tookNanos = connections.nowNanos();
    }

    /// The socket may take bytes again though it has not said so.
    void tryAgain() {
        blocked = false;
    }

    /// Writes what waits, with one call.
    ///
    /// @return whether more is there to be written already
    /// @throws IOException when the connection is broken
    boolean write() throws IOException {
        // A socket may take bytes again before it says so: what counts is what this write finds.
        blocked = false;
        if (transport.hasUnsent()) {
            long written = transport.flush();
            if (transport.hasUnsent()) {
                onBlocked(written);
                return false;
            }
        }
        if (!transport.isEstablished()) {
            wantsWrites = false;
            return false;
        }
        return writeNew();
    }

    private boolean writeNew() throws IOException {
        outgoing.readOn();
        Gathering gathering = connections.gathering();
        outgoing.gather(gathering);
        if (gathering.count == 0) {
            outgoing.advance(gathering, 0);
            wantsWrites = false;
            return false;
        }
        long written = transport.write(gathering.buffers, 0, gathering.count);
        return afterWrite(gathering, written);
    }

    private boolean afterWrite(Gathering gathering, long written) {
        connections.counters().add(Counter.WRITES);
        connections.counters().add(Counter.BYTES_OUT, written);
        boolean more = outgoing.advance(gathering, written);
        if (written < gathering.totalBytes || transport.hasUnsent()) {
            onBlocked(written);
            return false;
        }
        if (wantsWrites) {
            tookNanos = connections.nowNanos();
        }
        wantsWrites = false;
        outgoing.readOn();
        return more;
    }

    /// The socket took only so many bytes.
    private void onBlocked(long written) {
        connections.counters().add(Counter.WRITES_PARTIAL);
        if (written > 0 && wantsWrites) {
            tookNanos = connections.nowNanos();
        }
        if (written > 0 || !wantsWrites) {
            blockedNanos = connections.nowNanos();
        }
        blocked = true;
        wantsWrites = true;
    }

    /// Forgets the rooms' events; private frames stay, and go out with [#writeOut].
    void dropCursors() {
        outgoing.dropCursors();
    }

    /// Writes all private frames, as far as the socket takes them.
    ///
    /// @return whether it took everything
    /// @throws IOException when the connection is broken
    boolean writeOut() throws IOException {
        transport.flush();
        Gathering gathering = connections.gathering();
        outgoing.gather(gathering);
        while (gathering.count > 0) {
            long written = transport.write(gathering.buffers, 0, gathering.count);
            outgoing.advance(gathering, written);
            if (written < gathering.totalBytes) {
                return false;
            }
            outgoing.gather(gathering);
        }
        return !transport.hasUnsent();
    }

    /// Forgets everything that waits.
    void clear() {
        outgoing.clear();
    }
}
