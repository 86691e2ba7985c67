package localchat.server.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/// Loads the database's native part. It comes in a jar and must be unpacked to be loaded: into the
/// data folder, because `/tmp` may be read-only, shared or not allowed to hold programs.
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /// Loads it, once in the life of the process.
    ///
    /// @param folder where to unpack, unless the property is set; the platform's folder for
    ///   temporary files when it cannot be used. Nobody else may use it
    /// @throws IOException when it can be loaded from neither; the message is one line for a person
    static void load(Path folder) throws IOException {
        if (System.getProperty(FOLDER_PROPERTY) != null) {
            initialize();
            return;
        }
        try {
            Files.createDirectories(folder);
            removeOlder(folder);
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            initialize();
        } catch (IOException e) {
            LOG.warn(
                    "the database's native part does not load from {}, trying {} error={}",
                    folder,
                    System.getProperty("java.io.tmpdir"),
                    e.getMessage());
            System.clearProperty(FOLDER_PROPERTY);
            initialize();
        }
    }

    /// What a server that was killed left behind.
    private static void removeOlder(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void initialize() throws IOException {
        try {
            if (!SQLiteJDBCLoader.initialize()) {
                throw new IOException("it was not loaded");
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            throw new IOException("the database's native part cannot be loaded: " + e, e);
        }
    }
}
