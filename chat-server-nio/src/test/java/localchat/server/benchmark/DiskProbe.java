package localchat.server.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/// How fast the disk itself is: no commit is faster than one write and its sync.
final class DiskProbe {
    /// A page of the database, and a block of most file systems.
    private static final int WRITE_BYTES = 4096;

    private static final int WRITES_MAX = 200;
    private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

    private DiskProbe() {}

    /// Half of the syncs take no longer than this, in microseconds. It overwrites a file that is as
    /// long before as after, as a write-ahead log is overwritten after its first checkpoint.
    ///
    /// @param folder where the file is made, and deleted again
    static double syncMicros(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "probe-", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(WRITES_MAX * WRITE_BYTES), 0);
            channel.force(true);
            return syncMicros(channel);
        } finally {
            Files.delete(file);
        }
    }

    private static double syncMicros(FileChannel channel) throws IOException {
        LatencyHistogram syncs = new LatencyHistogram();
        ByteBuffer page = ByteBuffer.allocate(WRITE_BYTES);
        long start = System.nanoTime();
        long before = start;
        for (long i = 0; i < WRITES_MAX && before - start < NANOS_MAX; i++) {
            channel.write(page.clear(), i * WRITE_BYTES);
            channel.force(false);
            long after = System.nanoTime();
            syncs.record(after - before);
            before = after;
        }
        return syncs.percentileMicros(0.5);
    }
}
