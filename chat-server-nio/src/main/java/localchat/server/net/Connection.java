package localchat.server.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.function.Function;
import localchat.core.model.CloseReason;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.FrameReader;
import localchat.core.protocol.ProtocolLimits;
import localchat.server.counters.Counter;
import localchat.server.loop.Registration;
import localchat.server.room.Cursor;
import localchat.server.room.Recipient;
import org.jspecify.annotations.Nullable;

/// One socket: bytes in become frames for the listener; answers and events go out, once per turn.
/// Belongs to the loop thread.
///
/// ```
///   OPEN ──close(reason)──► DOOMED ──end of turn──► LINGERING ──peer closed, or 1 s──► gone
///                              └──the peer is gone, or not worth waiting for────────────► gone
/// ```
///
/// Closing is deferred to the end of the turn, so that nothing pulls a connection from under the
/// code that is serving it. A lingering connection has said goodbye and only waits for the peer to
/// have read it: a socket closed with unread input would take back what was sent last.
public final class Connection implements Recipient {
    private enum Stage {
        OPEN,
        DOOMED,
        LINGERING,
        GONE
    }

    private final Connections connections;
    private final Transport transport;
    private final InetAddress remote;
    private final long openedNanos;
    private final FrameReader reader = new FrameReader(ProtocolLimits.LOGIN_FRAME_BYTES_MAX);
    private final SocketWriter writer;
    private @Nullable Registration registration;
    private @Nullable ConnectionListener listener;
    private Stage stage = Stage.OPEN;
    private CloseReason closeReason = CloseReason.PEER_CLOSED;
    private boolean loggedIn;
    private boolean inReadList;
    private boolean inFlushList;

    /// The selector was asked to say when the socket takes more.
    private boolean awaitsWrites;

    /// The transport waits for work on another thread: nothing is read.
    private boolean suspended;

    /// The handshake of what the bytes travel in goes on when the peer says more.
    private boolean handshakeWaits;

    private boolean leavesUnsent;
    private boolean pinged;

    /// A frame, or what it travels in, was begun and is not whole.
    private boolean insideFrame;

    private int bytesHeld;
    private long aliveNanos;
    private long frameBeganNanos;
    private long lingeringNanos;

    /// Place in the list of all connections, kept by it.
    int index = -1;

    /// @param transport made for whoever is to hear that it is suspended no longer
    Connection(
            Connections connections, Function<Runnable, Transport> transport, InetAddress remote) {
        this.connections = connections;
        this.transport = transport.apply(this::onResumed);
        this.writer = new SocketWriter(connections, this.transport);
        this.remote = remote;
        this.openedNanos = connections.nowNanos();
        this.aliveNanos = openedNanos;
    }

    /// The peer's address.
    public InetAddress remote() {
        return remote;
    }

    void attach(Registration toSelector, ConnectionListener hears) {
        registration = toSelector;
        listener = hears;
    }

    /// The peer has logged in: larger frames and longer waits from now on.
    public void loggedIn() {
        loggedIn = true;
        reader.limitTo(ProtocolLimits.FRAME_BYTES_MAX);
        connections.onLoggedIn(this);
    }

    boolean isLoggedIn() {
        return loggedIn;
    }

    /// Whether frames still go in and out.
    public boolean isOpen() {
        return stage == Stage.OPEN;
    }

    /// Whether so many answers wait that further requests are to be refused.
    public boolean isAnswersHigh() {
        return writer.frameBytes() > connections.limits().answerBytesHigh();
    }

    /// Ends the connection at the end of this turn. The first reason given is the one that counts.
    public void close(CloseReason reason) {
        if (stage == Stage.OPEN) {
            stage = Stage.DOOMED;
            closeReason = reason;
            connections.doom(this);
        }
    }

    // In
    // ------------------------------------------------------------------------------------------------

    /// The selector says that the socket is ready.
    void onReady(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0 && !inReadList) {
            inReadList = true;
            connections.readList().add(this);
        }
        if ((operations & SelectionKey.OP_WRITE) != 0 && stage == Stage.OPEN) {
            writer.onWritable();
            queueFlush();
        }
    }

    /// Reads once, and hands on the frames that came. A fault in it ends this connection and no
    /// other.
    void onRead() {
        inReadList = false;
        if (stage == Stage.DOOMED || stage == Stage.GONE) {
            return;
        }
        try {
            read();
        } catch (RuntimeException fault) {
            connections.onFault(fault);
            close(CloseReason.INTERNAL_FAULT);
        }
    }

    private void read() {
        try {
            int read = transport.read(connections.readBuffer().clear());
            if (read == Transport.END) {
                onPeerClosed();
                return;
            }
            connections.counters().add(Counter.BYTES_IN, read);
        } catch (Transport.FailedException e) {
            onFailed(e.reason());
            return;
        } catch (IOException e) {
            onBroken();
            return;
        }
        noteTransport();
        if (stage == Stage.OPEN) {
            aliveNanos = connections.nowNanos();
            pinged = false;
            takeFrames(connections.bytesRead());
        }
    }

    /// Reading may have given the transport something to say, or to wait for.
    private void noteTransport() {
        if (transport.isSuspended() != suspended) {
            suspended = transport.isSuspended();
            tellInterest();
        }
        if (transport.hasUnsent() && stage == Stage.OPEN) {
            queueFlush();
        }
        noteHandshake();
    }

    void noteHandshake() {
        boolean waits = stage == Stage.OPEN && !transport.isEstablished() && !suspended;
        if (waits != handshakeWaits) {
            handshakeWaits = waits;
            connections.onHandshake(this, waits);
        }
    }

    /// The transport reads again; something may be with it already.
    private void onResumed() {
        if (stage == Stage.GONE) {
            return;
        }
        suspended = false;
        tellInterest();
        if (!inReadList) {
            inReadList = true;
            connections.readList().add(this);
        }
    }

    private void takeFrames(ByteBuffer buffer) {
        boolean wasInside = insideFrame;
        while (stage == Stage.OPEN) {
            switch (reader.next(buffer)) {
                case FRAME -> {
                    wasInside = false;
                    connections.counters().add(Counter.FRAMES_IN);
                    hears().onFrame(reader.frame());
                }
                case NEED_MORE -> {
                    notePartial(wasInside);
                    return;
                }
                case EMPTY -> close(CloseReason.FRAME_EMPTY);
                case TOO_LARGE -> close(CloseReason.FRAME_TOO_LARGE);
            }
        }
    }

    /// All bytes that came are taken. `wasInside` says whether a frame that was begun before is
    /// still the one under way.
    private void notePartial(boolean wasInside) {
        boolean inside = reader.isInsideFrame() || transport.bytesHeld() > 0;
        insideFrame = inside;
        if (inside && !wasInside) {
            frameBeganNanos = connections.nowNanos();
        }
        int held = reader.bytesHeld() + transport.bytesHeld();
        if (held != bytesHeld || (inside && !wasInside)) {
            int change = held - bytesHeld;
            bytesHeld = held;
            connections.onPartialBytes(this, change, inside && !wasInside);
        }
    }

    /// Memory used by a frame that was begun, in bytes.
    int bytesHeld() {
        return bytesHeld;
    }

    /// Lets go of a frame that was begun: nothing more of it is taken.
    void forgetPartial() {
        bytesHeld = 0;
        reader.forget();
        transport.forgetIncoming();
    }

    private void onPeerClosed() {
        if (stage == Stage.OPEN) {
            close(CloseReason.PEER_CLOSED);
        } else {
            finish();
        }
    }

    private void onFailed(CloseReason reason) {
        if (stage == Stage.OPEN) {
            close(reason);
        } else {
            finish();
        }
    }

    private void onBroken() {
        if (stage == Stage.OPEN) {
            close(CloseReason.PEER_RESET);
        } else {
            finish();
        }
    }

    // Out
    // -----------------------------------------------------------------------------------------------

    @Override
    public void onEventsWaiting(Cursor cursor) {
        if (stage == Stage.OPEN) {
            writer.add(cursor);
            queueFlush();
        }
    }

    @Override
    public void send(EncodedFrame frame) {
        if (stage != Stage.OPEN) {
            return;
        }
        writer.add(frame);
        if (writer.frameBytes() > connections.limits().answerBytesMax()) {
            close(CloseReason.ANSWERS_FULL);
        }
        queueFlush();
    }

    @Override
    public void fail() {
        close(CloseReason.INTERNAL_FAULT);
    }

    @Override
    public boolean offer(EncodedFrame frame) {
        if (stage != Stage.OPEN || writer.isBlocked() || isAnswersHigh()) {
            return false;
        }
        writer.add(frame);
        queueFlush();
        return true;
    }

    private void queueFlush() {
        if (!inFlushList && !writer.isBlocked()) {
            inFlushList = true;
            connections.flushList().add(this);
        }
    }

    /// Writes what waits, with one call. A fault in it ends this connection and no other.
    void onFlush() {
        inFlushList = false;
        if (stage != Stage.OPEN) {
            return;
        }
        try {
            write();
        } catch (RuntimeException fault) {
            connections.onFault(fault);
            close(CloseReason.INTERNAL_FAULT);
        }
    }

    private void write() {
        try {
            if (writer.write()) {
                queueFlush();
            }
            if (writer.wantsWrites() != awaitsWrites) {
                tellInterest();
            }
        } catch (IOException e) {
            onBroken();
        }
    }

    private void tellInterest() {
        int reads = suspended ? 0 : SelectionKey.OP_READ;
        awaitsWrites = writer.wantsWrites() && stage == Stage.OPEN;
        registered().interest(reads | (awaitsWrites ? SelectionKey.OP_WRITE : 0));
    }

    // Time
    // ----------------------------------------------------------------------------------------------

    /// Looks whether a wait has become too long. Called about twice a second.
    void onSweep(long nowNanos) {
        NetLimits limits = connections.limits();
        switch (stage) {
            case OPEN -> {
                try {
                    sweepOpen(nowNanos, limits);
                } catch (RuntimeException fault) {
                    connections.onFault(fault);
                    close(CloseReason.INTERNAL_FAULT);
                }
            }
            case LINGERING -> {
                if (nowNanos - lingeringNanos > Connections.LINGER_NANOS) {
                    finish();
                }
            }
            case DOOMED, GONE -> {}
        }
    }

    private void sweepOpen(long nowNanos, NetLimits limits) {
        // Bytes that wait to be read may be those that were missed.
        boolean mayBeLate = insideFrame && !inReadList;
        long silentNanos = Math.min(nowNanos - aliveNanos, nowNanos - writer.tookNanos());
        long frameLimit = loggedIn ? limits.frameNanos() : limits.loginFrameNanos();
        if (!loggedIn && isPast(nowNanos - openedNanos, limits.loginNanos())) {
            close(
                    transport.isEstablished()
                            ? CloseReason.LOGIN_TIMEOUT
                            : CloseReason.HANDSHAKE_TIMEOUT);
        } else if (mayBeLate && isPast(nowNanos - frameBeganNanos, frameLimit)) {
            close(CloseReason.FRAME_TIMEOUT);
        } else if (writer.wantsWrites()
                && isPast(nowNanos - writer.blockedNanos(), limits.stallNanos())) {
            close(CloseReason.SLOW_READER);
        } else if (!inReadList && isPast(silentNanos, limits.deadNanos())) {
            close(CloseReason.PEER_SILENT);
        } else if (loggedIn && !pinged && isPast(silentNanos, limits.pingNanos())) {
            pinged = true;
            send(hears().pingFrame());
        }
        tryAgain();
    }

    /// The platform says that a socket takes bytes again only when a good part of its buffer is
    /// free; a peer that reads slowly would look dead until then. So it is tried now and then.
    private void tryAgain() {
        if (stage == Stage.OPEN && writer.isBlocked()) {
            writer.tryAgain();
            queueFlush();
        }
    }

    private static boolean isPast(long nanos, long limitNanos) {
        return limitNanos > 0 && nanos >= limitNanos;
    }

    // End
    // -----------------------------------------------------------------------------------------------

    /// Carries out what [#close] announced: says goodbye as far as the socket takes it, and tells
    /// the listener.
    void onCloseDoomed() {
        boolean peerThere =
                switch (closeReason) {
                    case PEER_CLOSED, PEER_RESET -> false;
                    case PEER_SILENT, SLOW_READER, TOO_MANY_CONNECTIONS -> {
                        sayGoodbye();
                        yield false;
                    }
                    case HANDSHAKE_FAILED -> sayGoodbye();
                    // Whose handshake is not done can be told nothing worth waiting for.
                    default -> sayGoodbye() && transport.isEstablished();
                };
        connections.counters().closed(closeReason);
        try {
            hears().onClosed(closeReason);
        } catch (RuntimeException fault) {
            connections.onFault(fault);
        }
        if (peerThere) {
            stage = Stage.LINGERING;
            lingeringNanos = connections.nowNanos();
            writer.clear();
            tellInterest();
        } else {
            finish();
        }
    }

    /// @return whether the peer may still read what was said
    private boolean sayGoodbye() {
        try {
            writer.dropCursors();
            hears().farewell(closeReason).ifPresent(writer::add);
            leavesUnsent = !writer.writeOut();
            transport.shutdownOutput();
            return true;
        } catch (IOException e) {
            return false;
        } catch (RuntimeException fault) {
            connections.onFault(fault);
            return false;
        }
    }

    /// Frees the socket. Nothing when it is freed already. Of a peer that did not take all that was
    /// for it the kernel would keep the rest, and the peer would not learn of the end before it has
    /// read that: its connection is reset.
    void finish() {
        if (stage != Stage.GONE) {
            stage = Stage.GONE;
            registered().cancel();
            if (leavesUnsent) {
                transport.abort();
            } else {
                transport.close();
            }
            connections.onGone(this);
        }
    }

    private ConnectionListener hears() {
        if (listener == null) {
            throw new IllegalStateException("a connection is served only after it was attached");
        }
        return listener;
    }

    private Registration registered() {
        if (registration == null) {
            throw new IllegalStateException("a connection is served only after it was attached");
        }
        return registration;
    }
}
