package localchat.client.terminal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import localchat.core.client.Admittance;
import localchat.core.identity.JoinLink;
import localchat.core.model.Digest32;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Reads the command line. All values are taken as text and checked here, so that every complaint
/// is one line that names the option and what is wrong with it.
final class CommandLineReader {
    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT_MAX = Duration.ofDays(1);

    private final Texts texts;
    private final String version;
    private final CommandLine commandLine;

    CommandLineReader(Texts texts, String version) {
        this.texts = texts;
        this.version = version;
        this.commandLine =
                new CommandLine(spec())
                        .setExpandAtFiles(false)
                        .setCaseInsensitiveEnumValuesAllowed(false);
    }

    private CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("chat-term");
        spec.addOption(valued("--server", "HOST:PORT|LINK", Text.HELP_SERVER));
        spec.addOption(valued("--name", "NAME", Text.HELP_NAME));
        spec.addOption(valued("--room", "ROOM", Text.HELP_ROOM));
        spec.addOption(valued("--room-id", "N", Text.HELP_ROOM_ID));
        spec.addOption(valued("--profile", "DIR", Text.HELP_PROFILE));
        spec.addOption(flag("--json", Text.HELP_JSON).build());
        spec.addOption(flag("--follow", Text.HELP_FOLLOW).build());
        spec.addOption(valued("--history", "N", Text.HELP_HISTORY));
        spec.addOption(valued("--key", "KEY", Text.HELP_KEY));
        spec.addOption(flag("--accept-new", Text.HELP_ACCEPT_NEW).build());
        spec.addOption(valued("--invite", "CODE", Text.HELP_INVITE));
        spec.addOption(valued("--device-code", "CODE", Text.HELP_DEVICE_CODE));
        spec.addOption(valued("--recovery-code", "CODE", Text.HELP_RECOVERY_CODE));
        spec.addOption(valued("--admin-code", "CODE", Text.HELP_ADMIN_CODE));
        spec.addOption(valued("--timeout", "S", Text.HELP_TIMEOUT));
        spec.addOption(valued("--once", "KEY", Text.HELP_ONCE));
        spec.addOption(flag("--plaintext", Text.HELP_PLAINTEXT).build());
        spec.addOption(flag("--help", Text.HELP_HELP).usageHelp(true).build());
        spec.addOption(flag("--version", Text.HELP_VERSION).versionHelp(true).build());
        spec.usageMessage()
                .sortOptions(false)
                .customSynopsis(texts.get(Text.HELP_SYNOPSIS))
                .synopsisHeading("")
                .description("", texts.get(Text.HELP_ABOUT), "")
                .footer("", texts.get(Text.HELP_AFTER));
        return spec;
    }

    private OptionSpec valued(String name, String label, Text help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(literal(help))
                .build();
    }

    private OptionSpec.Builder flag(String name, Text help) {
        return OptionSpec.builder(name).type(boolean.class).description(literal(help));
    }

    /// Picocli formats descriptions; a text of ours has nothing to be filled in.
    private String literal(Text help) {
        return texts.get(help).replace("%", "%%");
    }

    /// What these arguments ask for.
    Invocation read(String... arguments) {
        try {
            ParseResult result = commandLine.parseArgs(arguments);
            if (result.isUsageHelpRequested()) {
                return new Invocation.Show(commandLine.getUsageMessage(CommandLine.Help.Ansi.OFF));
            }
            if (result.isVersionHelpRequested()) {
                return new Invocation.Show("chat-term " + version + "\n");
            }
            return new Invocation.Run(options(result));
        } catch (BadOption e) {
            return refuse(e.complaint);
        } catch (CommandLine.ParameterException e) {
            return refuse(complaint(e));
        }
    }

    private Invocation refuse(String complaint) {
        return new Invocation.Refuse(
                Escapes.plain(complaint + " (" + texts.get(Text.USAGE_HINT) + ")"));
    }

    private String complaint(CommandLine.ParameterException e) {
        return switch (e) {
            case CommandLine.UnmatchedArgumentException unknown ->
                    texts.get(Text.OPTION_UNKNOWN, unknown.getUnmatched().getFirst());
            case CommandLine.OverwrittenOptionException twice ->
                    texts.get(Text.OPTION_TWICE, nameOf(twice.getOverwritten()));
            case CommandLine.MissingParameterException missing ->
                    texts.get(Text.OPTION_NEEDS_VALUE, nameOf(missing.getMissing().getFirst()));
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String nameOf(CommandLine.Model.ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private TerminalOptions options(ParseResult result) throws BadOption {
        ServerOptions server = server(result);
        return new TerminalOptions(
                server.server(),
                server.trust(),
                required(result, "--name", UserName::new),
                optional(result, "--room", RoomName::new).orElse(RoomName.GENERAL),
                roomId(result),
                optional(result, "--profile", this::folder),
                result.hasMatchedOption("--json"),
                result.hasMatchedOption("--follow"),
                optional(result, "--history", this::count)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                optional(result, "--timeout", this::seconds).orElse(TIMEOUT_DEFAULT),
                optional(result, "--once", this::key),
                admittance(result).orElse(server.admittance()));
    }

    private OptionalLong roomId(ParseResult result) throws BadOption {
        Optional<Long> id = optional(result, "--room-id", this::count);
        if (id.isPresent() && result.hasMatchedOption("--room")) {
            throw new BadOption(texts.get(Text.OPTION_ONE_ROOM));
        }
        return id.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /// A code that was given counts more than the one of a link.
    private Optional<Admittance> admittance(ParseResult result) throws BadOption {
        List<Admittance> codes = new ArrayList<>();
        optional(result, "--invite", Admittance.Invite::new).ifPresent(codes::add);
        optional(result, "--device-code", Admittance.DeviceCode::new).ifPresent(codes::add);
        optional(result, "--recovery-code", Admittance.RecoveryCode::new).ifPresent(codes::add);
        optional(result, "--admin-code", Admittance.AdminCode::new).ifPresent(codes::add);
        if (codes.size() > 1) {
            throw new BadOption(texts.get(Text.OPTION_ONE_CODE));
        }
        return codes.stream().findFirst();
    }

    private ServerOptions server(ParseResult result) throws BadOption {
        String server = required(result, "--server", text -> text);
        Optional<Digest32> key = optional(result, "--key", JoinLink::parseKey);
        try {
            return ServerOptions.of(
                    server,
                    key,
                    result.hasMatchedOption("--accept-new"),
                    result.hasMatchedOption("--plaintext"));
        } catch (IllegalArgumentException e) {
            throw new BadOption(
                    texts.get(Text.OPTION_BAD, "--server", String.valueOf(e.getMessage())));
        } catch (ServerOptions.ConflictException e) {
            throw new BadOption(texts.get(e.text()));
        }
    }

    private <T> T required(ParseResult result, String option, Function<String, T> reading)
            throws BadOption {
        return optional(result, option, reading)
                .orElseThrow(() -> new BadOption(texts.get(Text.OPTION_MISSING, option)));
    }

    private <T> Optional<T> optional(ParseResult result, String option, Function<String, T> reading)
            throws BadOption {
        @Nullable String text = result.matchedOptionValue(option, (String) null);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(text));
        } catch (IllegalArgumentException e) {
            throw new BadOption(texts.get(Text.OPTION_BAD, option, String.valueOf(e.getMessage())));
        }
    }

    private Path folder(String text) {
        try {
            if (text.isBlank()) {
                throw new IllegalArgumentException(texts.get(Text.IS_EMPTY));
            }
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(texts.get(Text.NOT_A_FOLDER_NAME, text), e);
        }
    }

    private long count(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(texts.get(Text.NOT_A_COUNT, text));
        }
        return Long.parseLong(text);
    }

    private Duration seconds(String text) {
        Duration seconds =
                text.matches("[0-9]{1,5}(\\.[0-9]{1,3})?")
                        ? Duration.ofMillis(Math.round(Double.parseDouble(text) * 1_000))
                        : Duration.ZERO;
        if (!seconds.isPositive() || seconds.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(texts.get(Text.NOT_SECONDS, text));
        }
        return seconds;
    }

    private String key(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(texts.get(Text.IS_EMPTY));
        }
        return text;
    }

    /// A value that cannot be used.
    private static final class BadOption extends Exception {
        private static final long serialVersionUID = 1;

        private final String complaint;

        BadOption(String complaint) {
            super(complaint);
            this.complaint = complaint;
        }
    }
}
