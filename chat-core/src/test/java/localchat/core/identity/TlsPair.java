package localchat.core.identity;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// A client and a server in memory, up to the moment in which the client's handshake is complete.
final class TlsPair {
    final TlsEnd client;
    final TlsEnd server;
    private byte[] toServer = {};
    private int serverBytes;

    private TlsPair(SSLEngine client, SSLEngine server) {
        this.client = new TlsEnd(client);
        this.server = new TlsEnd(server);
    }

    static TlsPair shakeHands(SSLEngine client, SSLEngine server) throws SSLException {
        TlsPair pair = new TlsPair(client, server);
        byte[] toClient = {};
        while (!pair.client.isComplete()) {
            pair.toServer = pair.client.advance(toClient);
            if (pair.client.isComplete()) {
                break;
            }
            if (pair.toServer.length == 0 && toClient.length == 0) {
                throw new SSLException("the handshake is stuck");
            }
            toClient = pair.server.advance(pair.toServer);
            pair.serverBytes += toClient.length;
        }
        return pair;
    }

    /// Bytes that the server had sent when the client's handshake was complete.
    int serverBytes() {
        return serverBytes;
    }

    /// Whether the session was resumed: then the server sent neither certificate nor signature.
    boolean isResumed() {
        return serverBytes < 400;
    }

    /// Ends the server's handshake and lets the client have the server's ticket.
    void settle() throws SSLException {
        byte[] bytes = toServer;
        toServer = new byte[0];
        for (int i = 0; i < 4; i++) {
            byte[] back = server.advance(bytes);
            bytes = client.advance(back);
        }
    }
}
