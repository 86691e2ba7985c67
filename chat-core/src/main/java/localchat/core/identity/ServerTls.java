package localchat.core.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;

/// A server's side of TLS: 1.3 alone, with its key and certificate, asking clients for none; of the
/// cipher suites that a client offers it takes the one that it likes best. Usable from any thread.
///
/// Clients may resume with a ticket, which saves both sides the signature: a reconnect of everybody
/// after a failing switch then costs a fraction. Tickets are encrypted by keys that live as long as
/// this object, so a new server key begins with new handshakes; every resumption has a key exchange
/// of its own. The server keeps no memory of tickets given.
public final class ServerTls {
    /// How long a ticket is good for, in seconds. Reason: a computer that sleeps over night
    /// resumes; one gone for longer need not.
    static final int TICKET_SECONDS = 24 * 60 * 60;

    /// Most sessions that are kept where the platform was told to give no tickets
    /// (`jdk.tls.server.enableSessionTicketExtension`); the oldest goes. Reason: about 4 MiB.
    static final int SESSIONS_MAX = 1_024;

    private final SSLContext context;

    private ServerTls(SSLContext context) {
        this.context = context;
    }

    /// TLS with this key.
    public static ServerTls with(ServerKey key) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            char[] password = {};
            store.load(null, password);
            Certificate[] chain = {key.certificate()};
            store.setKeyEntry("server", key.privateKey(), password, chain);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance(TlsSettings.PROTOCOL);
            context.init(keys.getKeyManagers(), null, null);
            SSLSessionContext sessions = context.getServerSessionContext();
            sessions.setSessionTimeout(TICKET_SECONDS);
            sessions.setSessionCacheSize(SESSIONS_MAX);
            return new ServerTls(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    /// An engine for one connection that was accepted. Cheap: fit for the loop thread.
    public SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        TlsSettings.restrict(parameters);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
