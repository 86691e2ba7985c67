package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A pipe whose standard output is gone.
@Timeout(60)
class PipeModeOutputTest {
    @Test
    void endsQuietlyWithOneWhenNobodyReads() throws Exception {
        PipeRun run =
                PipeRun.startWith(
                        new FailingOutput("Broken pipe"),
                        s -> {
                            s.enter();
                            s.hear("x");
                        },
                        "--follow");
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(List.of(), run.restOfErr());
    }

    @Test
    void saysWhyStandardOutputCannotBeWritten() throws Exception {
        PipeRun run =
                PipeRun.startWith(
                        new FailingOutput("No space left on device"),
                        s -> {
                            s.enter();
                            s.hear("x");
                        },
                        "--follow");
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of("chat-term: standard output cannot be written: No space left on device"),
                run.restOfErr());
    }

    /// Standard output that is gone.
    private static final class FailingOutput extends OutputStream {
        private final String message;

        FailingOutput(String message) {
            this.message = message;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(message);
        }
    }
}
