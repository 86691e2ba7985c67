package localchat.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `chat-server version`.
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Runnable {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    VersionCommand() {}

    @Override
    public void run() {
        spec.commandLine().getOut().println("chat-server " + ServerVersion.text());
    }
}
