package localchat.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.RoomKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxFileTest {
    private static final Id128 SERVER = new Id128(1, 1);
    private static final OutboxFile.Room ROOM =
            new OutboxFile.Room(new Id128(2, 2), 5, "den", RoomKind.PRIVATE);

    @TempDir private Path folder;

    private static OutboxFile.Post post(int number, long position, int bytes) {
        return new OutboxFile.Post(
                new MessageId(new Id128(3, number)),
                position,
                ROOM,
                ByteString.copyFrom(new byte[bytes]),
                "",
                "");
    }

    @Test
    void remembersTheServerAtAnAddress() throws Exception {
        try (OutboxFile file = OutboxFile.open(folder)) {
            assertEquals(Optional.empty(), file.serverAt("here:1"));
            file.putServerAt("here:1", SERVER);
            file.putServerAt("here:2", SERVER);
            file.putServerAt("here:1", new Id128(7, 7));
        }
        try (OutboxFile file = OutboxFile.open(folder)) {
            assertEquals(Optional.of(new Id128(7, 7)), file.serverAt("here:1"));
            assertEquals(Optional.of(SERVER), file.serverAt("here:2"));
        }
    }

    @Test
    void keepsTheSameIdForEachServer() throws Exception {
        Id128 other = new Id128(9, 9);
        try (OutboxFile file = OutboxFile.open(folder)) {
            file.store(SERVER, List.of(post(1, 1, 4)), List.of());
            file.store(other, List.of(post(1, 1, 8)), List.of());
            file.store(SERVER, List.of(), List.of(post(1, 1, 4).id()));
            assertEquals(List.of(), file.posts(SERVER));
            assertEquals(List.of(post(1, 1, 8)), file.posts(other));
        }
    }

    @Test
    void storesAllOrNothingWhenItIsFullAndGoesOnWhenThereIsSpace() throws Exception {
        try (OutboxFile file = OutboxFile.open(folder, 64 * 1024)) {
            file.store(SERVER, List.of(post(1, 1, 20_000)), List.of());
            StoreException full =
                    assertThrows(
                            StoreException.class,
                            () ->
                                    file.store(
                                            SERVER,
                                            List.of(post(2, 2, 4), post(3, 3, 100_000)),
                                            List.of(post(1, 1, 0).id())));
            assertEquals(StoreException.Kind.FULL, full.kind());
            assertEquals(List.of(post(1, 1, 20_000)), file.posts(SERVER));
            file.store(SERVER, List.of(post(2, 2, 20_000)), List.of(post(1, 1, 0).id()));
            assertEquals(List.of(post(2, 2, 20_000)), file.posts(SERVER));
        }
    }

    @Test
    void keepsASecondOneOut() throws Exception {
        try (OutboxFile file = OutboxFile.open(folder)) {
            file.putServerAt("here:1", SERVER);
            assertThrows(StoreException.class, () -> OutboxFile.open(folder));
        }
    }
}
