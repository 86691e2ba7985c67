package localchat.core.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A folder with one private file, which goes when it is closed.
///
/// @param file in the folder
record FuzzFolder(Path path, Path file) implements AutoCloseable {
    /// A new one.
    ///
    /// @param text bytes as Latin-1
    static FuzzFolder with(String fileName, String text) throws IOException {
        Path path = Files.createTempDirectory("fuzz");
        Path file = path.resolve(fileName);
        // What others can read is refused, where the system can say so.
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        return new FuzzFolder(path, file);
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
        Files.delete(path);
    }
}
