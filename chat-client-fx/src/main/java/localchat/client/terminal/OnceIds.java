package localchat.client.terminal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;

/// The ids of `--once KEY`: the same line of the same input gets the same id however often it is
/// fed, and the server takes an id of one device once.
///
/// The id of line n is the first 16 bytes of SHA-256 over: the ASCII bytes of [#CONTEXT], the
/// length of KEY in UTF-8 as 4 bytes, KEY in UTF-8, and n as 8 bytes; numbers big-endian. n counts
/// all lines of the input from 1, those too that are blank or cannot be posted.
final class OnceIds {
    /// Keeps these hashes apart from any other use of SHA-256 on the same bytes.
    static final String CONTEXT = "localchat chat-term once v1";

    private final byte[] prefix;

    OnceIds(String key) {
        byte[] context = CONTEXT.getBytes(StandardCharsets.US_ASCII);
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        this.prefix =
                ByteBuffer.allocate(context.length + Integer.BYTES + keyBytes.length)
                        .put(context)
                        .putInt(keyBytes.length)
                        .put(keyBytes)
                        .array();
    }

    /// The id of a line.
    ///
    /// @param number of the line in the input, from 1
    MessageId ofLine(long number) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(prefix);
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
            return MessageId.of(Arrays.copyOf(sha256.digest(), Id128.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
