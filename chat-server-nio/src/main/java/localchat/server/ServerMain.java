package localchat.server;

import java.io.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The program `chat-server`.
@Command(
        name = "chat-server",
        description = "Local Chat's server: a group chat for the people on one network.",
        mixinStandardHelpOptions = true,
        versionProvider = ServerVersion.class,
        subcommands = {
            RunCommand.class,
            InviteCommand.class,
            RotateKeyCommand.class,
            VersionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended as asked",
            "1:could not do it: an address in use, unknown or not this machine's; no server to ask",
            "2:the command line is wrong"
        },
        footer = {
            "",
            "Examples:",
            "  chat-server run",
            "  chat-server run --host 192.168.1.5 --port 7667 --name \"Machine hall\"",
            "  chat-server invite --uses 5 --valid 12h"
        })
public final class ServerMain implements Runnable {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    private final boolean atTerminal;

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ServerMain(boolean atTerminal) {
        this.atTerminal = atTerminal;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: run, invite, rotate-key, version");
    }

    /// Runs the program.
    ///
    /// @param args the command line
    public static void main(String[] args) {
        Console console = System.console();
        boolean atTerminal = console != null && console.isTerminal();
        int exitCode = commandLine(atTerminal).execute(args);
        if (exitCode != RunCommand.EXIT_IN_SHUTDOWN) {
            System.exit(exitCode);
        }
    }

    /// The command line, ready to be executed; errors go to its error stream, one line each.
    ///
    /// @param atTerminal whether a person reads standard output as it comes
    static CommandLine commandLine(boolean atTerminal) {
        CommandLine commandLine = new CommandLine(new ServerMain(atTerminal));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler((exception, args) -> {
            CommandLine command = exception.getCommandLine();
            command.getErr().println("chat-server: " + firstLine(exception));
            return CommandLine.ExitCode.USAGE;
        });
        return commandLine;
    }

    /// Whether a person reads the standard output of this command as it comes.
    static boolean isAtTerminal(CommandLine.Model.CommandSpec command) {
        return command.root().userObject() instanceof ServerMain program && program.atTerminal;
    }

    private static String firstLine(Exception exception) {
        return String.valueOf(exception.getMessage()).lines().findFirst().orElse("wrong usage");
    }
}
