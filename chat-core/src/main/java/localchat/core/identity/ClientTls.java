package localchat.core.identity;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import localchat.core.model.ServerAddress;

/// A client's side of TLS: 1.3 alone. Usable from any thread; one for a process, so that it resumes
/// sessions when it connects again.
///
/// It accepts **every** certificate: names, dates and issuers mean nothing here. A handshake proves
/// that the server has the key that its certificate shows, and no more. Whether it is the right one
/// says [ServerPin#check], after every handshake, before anything is sent.
public final class ClientTls {
    /// Most sessions that are remembered for resuming, one a server address; the oldest goes.
    /// Reason: more servers than anybody uses in a day.
    static final int SESSIONS_MAX = 64;

    private final SSLContext context;

    /// A side that knows no sessions yet.
    public ClientTls() {
        try {
            context = SSLContext.getInstance(TlsSettings.PROTOCOL);
            context.init(null, new TrustManager[] {new AnyChain()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
        SSLSessionContext sessions = context.getClientSessionContext();
        sessions.setSessionTimeout(ServerTls.TICKET_SECONDS);
        sessions.setSessionCacheSize(SESSIONS_MAX);
    }

    /// An engine for one connection to this address. The address is not sent; it finds the session
    /// to resume.
    public SSLEngine newEngine(ServerAddress server) {
        SSLEngine engine = context.createSSLEngine(server.host(), server.port());
        engine.setUseClientMode(true);
        engine.setSSLParameters(restricted(engine.getSSLParameters()));
        return engine;
    }

    /// TLS over a connected socket, the handshake still to do ([SSLSocket#startHandshake], or
    /// [SSLSocket#getSession]'s first call). Closing it closes the socket.
    ///
    /// @throws IOException when the socket is closed
    public SSLSocket over(Socket connected, ServerAddress server) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(connected, server.host(), server.port(), true);
        socket.setUseClientMode(true);
        socket.setSSLParameters(restricted(socket.getSSLParameters()));
        return socket;
    }

    private static SSLParameters restricted(SSLParameters parameters) {
        TlsSettings.restrict(parameters);
        // A name in the clear would tell listeners which server is meant, and no server asks.
        parameters.setServerNames(List.of());
        return parameters;
    }

    /// Accepts every chain. Extended, because the platform wraps any other kind with checks of its
    /// own.
    private static final class AnyChain extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw notAServer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw notAServer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw notAServer();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static UnsupportedOperationException notAServer() {
            return new UnsupportedOperationException("a client checks servers only");
        }
    }
}
