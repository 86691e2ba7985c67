package localchat.client.fx;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What can be told to the window when it is started. Everything here only fills in what could be
/// typed.
@Command(name = "chat-client", description = "Opens the Local Chat window.", sortOptions = false)
final class ClientOptions {
    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            converter = ServerConverter.class,
            description = "The server to fill in; the port is 7667 unless given.")
    private @Nullable ServerAddress server;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            converter = NameConverter.class,
            description = "Your name to fill in.")
    private @Nullable UserName name;

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = "Folder of the profile; one per name in the data folder unless given.")
    private @Nullable Path profile;

    @Option(
            names = "--language",
            paramLabel = "en|pt-BR",
            description = "The language of the window.")
    private @Nullable String language;

    @Option(
            names = "--theme",
            paramLabel = "light|dark",
            converter = ThemeConverter.class,
            description = "The colours of the window.")
    private @Nullable Theme theme;

    @Option(
            names = "--plaintext",
            description =
                    "Without encryption to servers of this computer that were started so, for"
                            + " debugging.")
    private boolean plaintext;

    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    boolean help() {
        return help;
    }

    boolean plaintext() {
        return plaintext;
    }

    Optional<Path> profile() {
        return Optional.ofNullable(profile);
    }

    /// What was remembered, with what was told now put over it.
    Settings over(Settings remembered) {
        Settings result = remembered;
        if (server != null) {
            result = result.withLogin(result.name(), server.host(), String.valueOf(server.port()));
        }
        if (name != null) {
            result = result.withLogin(name.value(), result.host(), result.port());
        }
        return result.withLook(
                language == null ? result.language() : Language.ofTag(language),
                theme == null ? result.theme() : theme);
    }

    private static final class ServerConverter implements ITypeConverter<ServerAddress> {
        @Override
        public ServerAddress convert(String value) {
            try {
                return ServerAddress.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    private static final class NameConverter implements ITypeConverter<UserName> {
        @Override
        public UserName convert(String value) {
            return UserName.fault(value)
                    .<UserName>map(fault -> {
                        throw new TypeConversionException(fault);
                    })
                    .orElseGet(() -> new UserName(value));
        }
    }

    private static final class ThemeConverter implements ITypeConverter<Theme> {
        @Override
        public Theme convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "light" -> Theme.LIGHT;
                case "dark" -> Theme.DARK;
                default ->
                        throw new TypeConversionException(
                                "the theme is light or dark, not \"" + value + "\"");
            };
        }
    }
}
