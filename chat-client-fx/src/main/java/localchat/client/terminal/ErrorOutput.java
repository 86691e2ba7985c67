package localchat.client.terminal;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Standard error: one line for each thing a person should know, in UTF-8. That it cannot be
/// written is no reason to stop. Safe from any thread.
final class ErrorOutput {
    private final PrintStream err;

    ErrorOutput(OutputStream err) {
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    /// Says it in one line, under the program's name.
    void say(String words) {
        err.print("chat-term: " + Escapes.plain(words) + "\n");
        err.flush();
    }
}
