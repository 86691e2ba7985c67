package localchat.client.fx;

import javafx.application.Application;
import picocli.CommandLine;

/// Starts the window. It is not an [Application] itself, so that JavaFX may lie on the class path.
public final class ClientMain {
    private ClientMain() {}

    /// The options are those of [ClientOptions]; a malformed one is exit code 2 and one line on
    /// stderr.
    public static void main(String[] arguments) {
        ClientOptions options = new ClientOptions();
        CommandLine line = new CommandLine(options);
        try {
            line.parseArgs(arguments);
        } catch (CommandLine.ParameterException e) {
            System.err.println("chat-client: " + e.getMessage());
            System.exit(CommandLine.ExitCode.USAGE);
        }
        if (options.help()) {
            line.usage(System.out);
            return;
        }
        Application.launch(ChatApp.class, arguments);
    }
}
