package localchat.client.terminal;

/// What the program tells the shell in the end.
final class ExitCode {
    private ExitCode() {}

    /// All went well.
    static final int OK = 0;

    /// Something was not done: no connection, a line not posted or not acknowledged, standard
    /// output gone.
    static final int FAILED = 1;

    /// The command line is not understood; nothing was tried.
    static final int USAGE = 2;
}
