package localchat.server.room;

import localchat.core.protocol.EncodedFrame;

/// The way to one logged-in peer.
public interface Recipient {
    /// Events wait at this cursor: take them in the coming flush.
    void onEventsWaiting(Cursor cursor);

    /// Queues a frame for this peer, before any event that is not yet handed to its socket. Past
    /// the limit of bytes waiting the connection is closed with ANSWERS_FULL.
    void send(EncodedFrame frame);

    /// What waits for this peer cannot be read from the log: the connection ends, and the peer
    /// comes back to what it has not got.
    void fail();

    /// Queues a frame that may be lost: it is dropped, and false returned, while the peer lags.
    boolean offer(EncodedFrame frame);
}
