package localchat.server;

import java.nio.file.Path;
import net.harawata.appdirs.AppDirsFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option by which commands beside `run` name the data folder.
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The server's data folder. Default: $LOCALCHAT_DATA, else a folder of this"
                            + " user's.")
    private @Nullable Path data;

    /// The folder that is meant, whether it is there or not.
    Path folder() {
        return data == null ? standard() : data;
    }

    /// The folder of a command that was told none.
    static Path standard() {
        String fromEnvironment = System.getenv("LOCALCHAT_DATA");
        return fromEnvironment == null || fromEnvironment.isBlank()
                ? Path.of(AppDirsFactory.getInstance().getUserDataDir("localchat", null, null))
                        .resolve("server")
                : Path.of(fromEnvironment);
    }
}
