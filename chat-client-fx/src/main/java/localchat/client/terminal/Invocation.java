package localchat.client.terminal;

/// What a command line amounts to.
sealed interface Invocation {
    /// Chat.
    record Run(TerminalOptions options) implements Invocation {}

    /// Print this on standard output and be done.
    record Show(String text) implements Invocation {}

    /// The command line is wrong.
    ///
    /// @param complaint one line for a person
    record Refuse(String complaint) implements Invocation {}
}
