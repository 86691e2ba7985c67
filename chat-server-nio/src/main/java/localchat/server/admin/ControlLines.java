package localchat.server.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Lines of UTF-8, each ended by a line feed, over a channel that blocks.
final class ControlLines {
    /// Longest line, in bytes, its line feed included; a longer one is refused. Reason: the longest
    /// join link has some 600, and one page of memory is nothing.
    static final int BYTES_MAX = 4 * 1024;

    private ControlLines() {}

    /// Reads one line; what comes behind it is not looked at.
    ///
    /// @return the line without its line feed; nothing when the other side closed before
    /// @throws LineTooLongException when it has more than [#BYTES_MAX] bytes
    static Optional<String> read(ReadableByteChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX);
        int looked = 0;
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                return Optional.empty();
            }
            for (; looked < bytes.position(); looked++) {
                if (bytes.get(looked) == '\n') {
                    return Optional.of(
                            new String(bytes.array(), 0, looked, StandardCharsets.UTF_8));
                }
            }
        }
        throw new LineTooLongException();
    }

    /// Writes a line and its line feed.
    static void write(WritableByteChannel channel, String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1;

        LineTooLongException() {
            super("a command and its answer have at most " + BYTES_MAX + " bytes");
        }
    }
}
