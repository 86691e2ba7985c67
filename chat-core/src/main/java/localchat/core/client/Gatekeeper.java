package localchat.core.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import localchat.core.client.SecuredSocket.ServerProof;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.identity.ClientTls;
import localchat.core.identity.KnownServers;
import localchat.core.identity.KnownServers.KnownKey;
import localchat.core.identity.SeenKey;
import localchat.core.identity.ServerPin;
import localchat.core.identity.WrongServerKeyException;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;

/// Lets nobody in but the server that is meant: sets up encryption on a new connection and checks
/// the server's key, before a byte of ours goes out. Runs on a connection's reader thread.
final class Gatekeeper {
    /// One for the process, so that sessions are resumed across connections.
    private static final ClientTls TLS = new ClientTls();

    private final ServerTrust trust;
    private final Duration timeout;

    /// @param timeout for one handshake
    Gatekeeper(ServerTrust trust, Duration timeout) {
        this.trust = trust;
        this.timeout = timeout;
    }

    /// Sets up encryption, if there is to be any. On failure the socket is closed.
    ///
    /// @param server where the socket is connected to
    SecuredSocket secure(Socket connected, ServerAddress server)
            throws Connector.NotConnectedException {
        return switch (trust) {
            case ServerTrust.Plaintext() -> new SecuredSocket(connected, new ServerProof.None());
            case ServerTrust.Named(Digest32 key, var _, KnownServers known) ->
                    handshake(
                            connected,
                            server,
                            new Knowledge(new ServerPin.Exactly(key), true, false, known));
            case ServerTrust.Remembered(KnownServers known, boolean acceptNew) ->
                    handshake(connected, server, remembered(server, known, acceptNew));
        };
    }

    /// What is known before a handshake.
    ///
    /// @param verified whether the key was told or compared by a person
    /// @param refusesNew whether no key is known and none is to be taken on trust
    private record Knowledge(
            ServerPin pin, boolean verified, boolean refusesNew, KnownServers known) {}

    private static Knowledge remembered(
            ServerAddress server, KnownServers known, boolean acceptNew) {
        return known.find(server)
                .map(key ->
                        new Knowledge(
                                new ServerPin.Exactly(key.key()), key.verified(), false, known))
                .orElseGet(() -> new Knowledge(new ServerPin.FirstUse(), false, !acceptNew, known));
    }

    private SecuredSocket handshake(Socket connected, ServerAddress server, Knowledge knowledge)
            throws Connector.NotConnectedException {
        boolean done = false;
        try {
            SSLSocket socket = TLS.over(connected, server);
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            socket.startHandshake();
            SeenKey seen = knowledge.pin().check(socket.getSession());
            if (knowledge.refusesNew()) {
                throw new Connector.NotConnectedException(unknown(server, seen.hash()));
            }
            socket.setSoTimeout(0);
            knowledge.known().remember(server, new KnownKey(seen.hash(), knowledge.verified()));
            done = true;
            boolean isNew = seen instanceof SeenKey.Unverified;
            return new SecuredSocket(
                    socket, new ServerProof.Key(seen.hash(), knowledge.verified(), isNew));
        } catch (IOException e) {
            throw new Connector.NotConnectedException(loss(server, e));
        } finally {
            if (!done) {
                closeQuietly(connected);
            }
        }
    }

    private Loss loss(ServerAddress server, IOException failure) {
        return switch (failure) {
            case WrongServerKeyException wrong -> changed(server, wrong);
            case SocketTimeoutException _ ->
                    Loss.passing(
                            Failure.TIMED_OUT,
                            CloseReason.HANDSHAKE_TIMEOUT,
                            Connector.timedOut(server, timeout));
            case SSLException tls -> notTls(server, tls);
            case SocketException _, EOFException _ -> Loss.broken(server, CloseReason.PEER_RESET);
            default ->
                    Loss.passing(
                            Failure.UNREACHABLE,
                            CloseReason.HANDSHAKE_FAILED,
                            "No encrypted connection to "
                                    + server
                                    + ": "
                                    + failure.getMessage()
                                    + ".");
        };
    }

    private static Loss unknown(ServerAddress server, Digest32 key) {
        return Loss.lasting(
                Failure.KEY_UNKNOWN,
                CloseReason.HANDSHAKE_FAILED,
                "Nothing is known of the server at "
                        + server
                        + ", whose key is "
                        + key
                        + ": nothing was sent. Join by its link, or name the key.");
    }

    private static Loss changed(ServerAddress server, WrongServerKeyException e) {
        return Loss.lasting(
                Failure.KEY_CHANGED,
                CloseReason.HANDSHAKE_FAILED,
                "The server at "
                        + server
                        + " has another key than before: "
                        + e.seen()
                        + " instead of "
                        + e.pinned()
                        + ". Somebody may be listening in, so nothing was sent. Ask whoever runs the"
                        + " server; if the new key is right, join by its new link.");
    }

    private static Loss notTls(ServerAddress server, SSLException e) {
        return Loss.passing(
                Failure.NOT_A_CHAT_SERVER,
                CloseReason.HANDSHAKE_FAILED,
                "Something answers at "
                        + server
                        + ", but not encrypted as a Local Chat server does: "
                        + e.getMessage()
                        + ".");
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing of it is left to be used.
        }
    }
}
