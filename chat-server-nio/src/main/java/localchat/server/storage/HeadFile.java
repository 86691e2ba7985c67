package localchat.server.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import localchat.core.model.Id128;

/// How far the history had come when somebody was last told of it: a small file beside the
/// database, written after each commit and before anybody hears of it. A database that is behind it
/// has lost its end, or is an older copy that was put back: its history must not be continued under
/// the same epoch.
///
/// Not synced: it must survive the process, not the machine. After a power cut it may be behind the
/// database, which means nothing.
final class HeadFile implements AutoCloseable {
    /// 8 bytes of what it is, the epoch, the number of events, and the CRC-32C of all that.
    private static final int BYTES = 8 + Id128.BYTES + 8 + 4;

    private static final long MAGIC = 0x4C43_6865_6164_0001L;

    /// What is in it.
    ///
    /// @param eventsTotal events in all rooms together
    record Head(Id128 epoch, long eventsTotal) {}

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);

    private HeadFile(FileChannel file) {
        this.file = file;
    }

    /// Opens the file, making it when there is none.
    ///
    /// @throws IOException when it cannot be written; the message is one line for a person
    static HeadFile open(Path path) throws IOException {
        try {
            return new HeadFile(
                    FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new IOException("the file " + path + " cannot be written: " + e, e);
        }
    }

    /// What a file tells; nothing when there is none or it was not written to its end.
    static Optional<Head> read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(path);
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer content = ByteBuffer.wrap(bytes);
        boolean whole =
                content.getLong(0) == MAGIC
                        && content.getInt(BYTES - 4) == crc(content.duplicate().limit(BYTES - 4));
        return whole
                ? Optional.of(
                        new Head(
                                new Id128(content.getLong(8), content.getLong(16)),
                                content.getLong(24)))
                : Optional.empty();
    }

    void write(Head head) throws IOException {
        buffer.clear();
        buffer.putLong(MAGIC)
                .putLong(head.epoch().high())
                .putLong(head.epoch().low())
                .putLong(head.eventsTotal());
        int crc = crc(buffer.duplicate().flip());
        buffer.putInt(crc).flip();
        while (buffer.hasRemaining()) {
            file.write(buffer, buffer.position());
        }
    }

    private static int crc(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
