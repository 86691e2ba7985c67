package localchat.client.fx;

import java.util.Map;
import java.util.logging.Logger;
import javafx.application.Application;
import picocli.CommandLine;

/// Starts the window. It is not an [Application] itself, so that JavaFX may lie on the class path.
public final class ClientMain {
    /// Held here, because the platform forgets loggers that nobody holds.
    private static final Logger JAVAFX_LOG = Logger.getLogger("javafx");

    private static final String NO_DISPLAY =
            "chat-client: no display to open a window on; chat-term works without one";

    private ClientMain() {}

    /// The options are those of [ClientOptions]; a malformed one is exit code 2 and one line on
    /// stderr; no display is exit code 1 and one line.
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
        if (lacksDisplay(System.getProperties(), System.getenv())) {
            System.err.println(NO_DISPLAY);
            System.exit(CommandLine.ExitCode.SOFTWARE);
        }
        // The bundle has JavaFX on the class path on purpose; what it says about that helps nobody.
        JAVAFX_LOG.setFilter(
                entry -> !entry.getMessage().startsWith("Unsupported JavaFX configuration"));
        try {
            Application.launch(ChatApp.class, arguments);
        } catch (UnsupportedOperationException e) {
            // What the window system's own part of JavaFX throws when there is a display's name
            // only.
            System.err.println(NO_DISPLAY);
            System.exit(CommandLine.ExitCode.SOFTWARE);
        }
    }

    /// Whether this is a Linux where no display is named. JavaFX would end with a stack trace
    /// there.
    static boolean lacksDisplay(Map<?, ?> properties, Map<String, String> environment) {
        return String.valueOf(properties.get("os.name")).startsWith("Linux")
                && !properties.containsKey("glass.platform")
                && environment.getOrDefault("DISPLAY", "").isEmpty()
                && environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    }
}
