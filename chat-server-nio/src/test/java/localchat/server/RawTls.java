package localchat.server;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import localchat.core.identity.ClientTls;
import localchat.core.model.ServerAddress;

/// Bytes of TLS as they stand on the wire, for peers that break off or break the rules.
public final class RawTls {
    /// Content types (RFC 8446, section 5.1).
    public static final byte HANDSHAKE = 22;

    public static final byte APPLICATION_DATA = 23;

    /// Bytes before the content of a record: type, version, length.
    public static final int HEADER_BYTES = 5;

    /// The most that a record may hold, encrypted or not.
    public static final int CONTENT_MAX = 16_384;

    private RawTls() {}

    /// What a client of ours says first, in one record.
    public static byte[] clientHello() throws SSLException {
        return helloOf(new ClientTls().newEngine(new ServerAddress("127.0.0.1", 1)));
    }

    /// What a client says first that speaks nothing newer than this.
    public static byte[] clientHello(String version) throws SSLException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            SSLEngine engine = context.createSSLEngine("127.0.0.1", 1);
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {version});
            return helloOf(engine);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static byte[] helloOf(SSLEngine engine) throws SSLException {
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.beginHandshake();
        engine.wrap(ByteBuffer.allocate(0), hello);
        byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }

    /// A record of this type around its content.
    public static byte[] record(byte type, byte... content) {
        return beginning(type, content.length, content);
    }

    /// A record that announces so many bytes, and as many of them as are there.
    public static byte[] beginning(byte type, int announced, byte... content) {
        return ByteBuffer.allocate(HEADER_BYTES + content.length)
                .put(type)
                .putShort((short) 0x0303)
                .putShort((short) announced)
                .put(content)
                .array();
    }
}
