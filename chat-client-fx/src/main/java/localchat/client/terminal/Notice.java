package localchat.client.terminal;

import java.io.IOException;
import localchat.core.client.SessionEvent;

/// What the one thread that owns the state hears, from wherever it comes.
sealed interface Notice {
    /// The session says.
    record Heard(SessionEvent event) implements Notice {}

    /// A line of standard input to be posted.
    ///
    /// @param number of the line in the input, blank ones counted, from 1
    record InputLine(long number, String text) implements Notice {}

    /// A line of standard input that cannot be posted.
    ///
    /// @param complaint for a person, with the line's number
    record InputFault(String complaint) implements Notice {}

    /// Standard input is over.
    ///
    /// @param complaint empty when it came to its end, else why it could not be read on
    record InputEnded(String complaint) implements Notice {}

    /// A person at the terminal entered this.
    record Typed(String line) implements Notice {}

    /// Something to be done on the owning thread: the answer to a request has come.
    record Later(Step step) implements Notice {}

    /// Come to an end now.
    record Stop() implements Notice {}

    /// A piece of work of the owning thread.
    @FunctionalInterface
    interface Step {
        /// Does it.
        ///
        /// @throws IOException when standard output cannot be written
        void run() throws IOException;
    }
}
