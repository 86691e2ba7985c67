package localchat.core.identity;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import localchat.core.model.Digest32;

/// What a client knows of the server's key before it connects.
///
/// [#check] must be called after **every** handshake, before anything is sent: no trust manager is
/// asked when a session is resumed, and ours accepts everybody.
public sealed interface ServerPin {
    /// The server must have this key, or one that succeeded it.
    ///
    /// @param hash from a join link, or remembered from an earlier connection
    record Exactly(Digest32 hash) implements ServerPin {}

    /// Nothing is known: the address was typed or discovered, and this is the first connection.
    record FirstUse() implements ServerPin {}

    /// The server's key, when it is one that this pin allows. Otherwise the session is invalidated,
    /// so that it is not resumed, and the caller closes the connection. Takes milliseconds when a
    /// succession must be checked.
    ///
    /// @param session of a complete handshake
    /// @throws WrongServerKeyException when the server has another key
    /// @throws SSLPeerUnverifiedException when no TLS 1.3 handshake is complete
    default SeenKey check(SSLSession session)
            throws WrongServerKeyException, SSLPeerUnverifiedException {
        X509Certificate certificate = certificateOf(session);
        Digest32 seen = Fingerprints.ofServerKey(certificate.getPublicKey());
        return switch (this) {
            case FirstUse() -> new SeenKey.Unverified(seen);
            case Exactly(Digest32 pinned) when pinned.equals(seen) -> new SeenKey.Pinned(seen);
            case Exactly(Digest32 pinned) when isNamedBy(pinned, seen, certificate) ->
                    new SeenKey.Succeeded(seen, pinned);
            case Exactly(Digest32 pinned) -> {
                session.invalidate();
                throw new WrongServerKeyException(pinned, seen);
            }
        };
    }

    private static X509Certificate certificateOf(SSLSession session)
            throws SSLPeerUnverifiedException {
        if (!session.getProtocol().equals(TlsSettings.PROTOCOL)) {
            throw new SSLPeerUnverifiedException(
                    "the session is " + session.getProtocol() + ", not " + TlsSettings.PROTOCOL);
        }
        Certificate[] chain = session.getPeerCertificates();
        if (chain.length > 0 && chain[0] instanceof X509Certificate certificate) {
            return certificate;
        }
        throw new SSLPeerUnverifiedException("the server showed no X.509 certificate");
    }

    private static boolean isNamedBy(Digest32 old, Digest32 seen, X509Certificate certificate) {
        try {
            return ServerCertificate.successionIn(certificate).leads(old, seen);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
