package localchat.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The program `chat-server`.
@Command(
        name = "chat-server",
        description = "Local Chat's server: a group chat for the people on one network.",
        mixinStandardHelpOptions = true,
        versionProvider = ServerVersion.class,
        subcommands = {RunCommand.class, VersionCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended as asked",
            "1:could not do it: an address in use, unknown or not this machine's",
            "2:the command line is wrong"
        },
        footer = {
            "",
            "Examples:",
            "  chat-server run",
            "  chat-server run --host 192.168.1.5 --port 7667 --name \"Machine hall\""
        })
public final class ServerMain implements Runnable {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    ServerMain() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: run, version");
    }

    /// Runs the program.
    ///
    /// @param args the command line
    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        if (exitCode != RunCommand.EXIT_IN_SHUTDOWN) {
            System.exit(exitCode);
        }
    }

    /// The command line, ready to be executed; errors go to its error stream, one line each.
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new ServerMain());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler((exception, args) -> {
            CommandLine command = exception.getCommandLine();
            command.getErr().println("chat-server: " + firstLine(exception));
            return CommandLine.ExitCode.USAGE;
        });
        return commandLine;
    }

    private static String firstLine(Exception exception) {
        return String.valueOf(exception.getMessage()).lines().findFirst().orElse("wrong usage");
    }
}
