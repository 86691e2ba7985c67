package localchat.core.identity;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/// One side of a TLS connection in memory: bytes from the other side in, bytes for it out.
final class TlsEnd {
    private final SSLEngine engine;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private byte[] received = {};
    private boolean complete;

    TlsEnd(SSLEngine engine) {
        this.engine = engine;
    }

    /// Whether the handshake is complete for this side.
    boolean isComplete() {
        return complete;
    }

    SSLSession session() {
        return engine.getSession();
    }

    /// What the other side said, decrypted.
    byte[] heard() {
        return heard.toByteArray();
    }

    /// Takes bytes and goes on as far as it can, but not beyond the handshake's end.
    ///
    /// @return bytes for the other side
    byte[] advance(byte[] bytes) throws SSLException {
        received = concat(received, bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!complete) {
            engine.beginHandshake();
        }
        while (true) {
            HandshakeStatus next = engine.getHandshakeStatus();
            if (next == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            } else if (next == HandshakeStatus.NEED_WRAP) {
                if (noteEnd(wrap(new byte[0], out))) {
                    return out.toByteArray();
                }
            } else if (received.length == 0 || !unwrap()) {
                return out.toByteArray();
            }
        }
    }

    /// Encrypts.
    byte[] say(byte[] bytes) throws SSLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        wrap(bytes, out);
        return out.toByteArray();
    }

    private SSLEngineResult wrap(byte[] bytes, ByteArrayOutputStream out) throws SSLException {
        buffer.clear();
        SSLEngineResult result = engine.wrap(ByteBuffer.wrap(bytes), buffer);
        out.write(buffer.array(), 0, buffer.position());
        return result;
    }

    /// False when it needs more bytes, or the handshake ended.
    private boolean unwrap() throws SSLException {
        buffer.clear();
        SSLEngineResult result = engine.unwrap(ByteBuffer.wrap(received), buffer);
        heard.write(buffer.array(), 0, buffer.position());
        received = Arrays.copyOfRange(received, result.bytesConsumed(), received.length);
        boolean ended = noteEnd(result);
        return result.getStatus() == SSLEngineResult.Status.OK && !ended;
    }

    private boolean noteEnd(SSLEngineResult result) {
        boolean ended = !complete && result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        complete |= ended;
        return ended;
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
