package localchat.client.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import localchat.core.model.MessageText;

/// Cuts standard input into lines without ever holding more of one than may be posted. A line ends
/// with a line feed, or with the input; one carriage return before the line feed and a byte order
/// mark at the very beginning do not belong to the text.
final class InputLines {
    /// Bytes kept of one line: the longest text, a carriage return and a byte order mark. The rest
    /// is counted.
    private static final int KEPT_BYTES_MAX = MessageText.BYTES_MAX + 4;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final byte[] chunk = new byte[16 * 1024];
    private int chunkAt;
    private int chunkEnd;
    private long number;

    InputLines(InputStream in) {
        this.in = in;
    }

    /// One line of input.
    sealed interface Line {
        /// The line's number, from 1.
        long number();

        /// Text to be posted.
        record Good(long number, String text) implements Line {}

        /// Nothing but white space.
        record Blank(long number) implements Line {}

        /// More than [MessageText#BYTES_MAX] bytes.
        record TooLong(long number, long bytes) implements Line {}

        /// Bytes that are no UTF-8.
        record Malformed(long number) implements Line {}
    }

    /// The next line; empty at the end of input.
    ///
    /// @throws IOException when the input cannot be read
    Optional<Line> next() throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(128);
        long bytes = 0;
        int last = -1;
        while (true) {
            if (chunkAt == chunkEnd && !fill()) {
                return bytes == 0
                        ? Optional.empty()
                        : Optional.of(line(kept.toByteArray(), bytes, last));
            }
            int from = chunkAt;
            while (chunkAt < chunkEnd && chunk[chunkAt] != '\n') {
                chunkAt++;
            }
            int length = chunkAt - from;
            if (length > 0) {
                kept.write(chunk, from, Math.min(length, KEPT_BYTES_MAX - kept.size()));
                bytes += length;
                last = chunk[chunkAt - 1];
            }
            if (chunkAt < chunkEnd) {
                chunkAt++;
                return Optional.of(line(kept.toByteArray(), bytes, last));
            }
        }
    }

    private boolean fill() throws IOException {
        int read = in.read(chunk);
        chunkAt = 0;
        chunkEnd = Math.max(read, 0);
        return read >= 0;
    }

    private Line line(byte[] kept, long bytes, int last) {
        number++;
        int from = number == 1 && startsWithMark(kept) ? BYTE_ORDER_MARK.length : 0;
        long length = bytes - from - (last == '\r' ? 1 : 0);
        if (length > MessageText.BYTES_MAX) {
            return new Line.TooLong(number, length);
        }
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(kept, from, (int) length))
                            .toString();
            return text.isBlank() ? new Line.Blank(number) : new Line.Good(number, text);
        } catch (CharacterCodingException e) {
            return new Line.Malformed(number);
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && bytes[0] == BYTE_ORDER_MARK[0]
                && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2];
    }
}
