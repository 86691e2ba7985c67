package localchat.fuzz;

import java.util.Arrays;

/// Reads the bytes of an input as small numbers and pieces. Past its end everything is 0 or empty.
public final class FuzzInput {
    private final byte[] bytes;
    private int at;

    public FuzzInput(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public boolean hasMore() {
        return at < bytes.length;
    }

    /// A number from 0 to `bound` - 1, from one byte.
    ///
    /// @param bound 1 to 256
    public int below(int bound) {
        return hasMore() ? (bytes[at++] & 0xFF) % bound : 0;
    }

    /// So many bytes, or those that are left.
    public byte[] bytes(int count) {
        int end = Math.min(bytes.length, at + count);
        byte[] piece = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return piece;
    }
}
