package localchat.server.benchmark;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder for the data of one run: empty at first, deleted afterwards with all that is in it.
final class ScratchFolder implements AutoCloseable {
    private final Path path;

    /// @param parent the folder in which it is made
    ScratchFolder(Path parent) throws IOException {
        path = Files.createTempDirectory(parent, "benchmark-data-");
    }

    Path path() {
        return path;
    }

    /// Does nothing when it is gone already.
    @Override
    public void close() throws IOException {
        if (Files.exists(path)) {
            Files.walkFileTree(path, new Deletion());
        }
    }

    /// What somebody else deletes meanwhile is as good as deleted: the end of the benchmark and the
    /// end of a run may come together.
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
            if (Files.exists(file)) {
                throw fault;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException fault)
                throws IOException {
            if (fault != null) {
                throw fault;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
