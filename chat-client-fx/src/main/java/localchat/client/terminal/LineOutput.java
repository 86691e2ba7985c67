package localchat.client.terminal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Standard output: whole lines in UTF-8 whatever the locale, gathered until [#flush]. A failure is
/// not swallowed: who writes must learn that nobody reads.
final class LineOutput {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final BufferedOutputStream out;

    LineOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    /// Writes a line and its line feed.
    ///
    /// @throws OutputException when it cannot be written
    void line(String line) throws OutputException {
        text(line + "\n");
    }

    /// Writes text as it is.
    ///
    /// @throws OutputException when it cannot be written
    void text(String text) throws OutputException {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    /// Hands over what was gathered.
    ///
    /// @throws OutputException when it cannot be written
    void flush() throws OutputException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    /// Standard output takes nothing more.
    static final class OutputException extends IOException {
        private static final long serialVersionUID = 1;

        OutputException(IOException cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }

        /// Whether the reader just went away, which nobody needs to be told.
        boolean readerGone() {
            String message = String.valueOf(getMessage());
            return message.contains("pipe") || message.contains("Pipe");
        }
    }
}
