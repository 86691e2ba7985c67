package localchat.server.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.RoomEvent;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;

/// Tells the bodies of two posts apart, also after what was said is gone: the first 128 bits of the
/// SHA-256 of the frame that would carry the body as the first event of room 1. Kept on disk for
/// ever: what goes in must never change.
///
/// @param high bits 127..64
/// @param low bits 63..0
record BodyDigest(long high, long low) {
    private static final UserName ANYBODY = new UserName("x");
    private static final MessageId ANY_ID = new MessageId(new Id128(0, 0));

    static BodyDigest of(EventBody body) {
        EncodedFrame frame =
                WireEncoding.encodedEvent(new RoomEvent(1, 1, 0, 1, ANYBODY, ANY_ID, body));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(frame.payload());
            ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
            return new BodyDigest(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
