package localchat.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import localchat.core.model.Id128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFileTest {
    private static final Id128 SERVER = new Id128(1, 1);
    private static final CacheFile.Room ROOM =
            new CacheFile.Room(new Id128(2, 2), 5, form("info"), 9, 8, 3, 2, 7, "draft");

    @TempDir private Path folder;

    private static ByteString form(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static CacheFile.Message message(long seq) {
        return new CacheFile.Message(seq, seq, 1_000 + seq, form("m" + seq));
    }

    private static List<Long> seqs(List<CacheFile.Message> messages) {
        return messages.stream().map(CacheFile.Message::seq).toList();
    }

    private static List<Long> allSeqs(CacheFile file, long key) throws Exception {
        return seqs(file.from(key, 0, Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    private static void put(CacheFile file, long key, long from, long to) throws Exception {
        for (long seq = from; seq <= to; seq++) {
            file.putMessage(key, message(seq));
        }
        file.putStretches(key, List.of(new CacheFile.Stretch(from, to, 0)));
        file.putRoom(key, ROOM);
    }

    @Test
    void bringsBackWhatWasCommitted() throws Exception {
        long key;
        try (CacheFile file = CacheFile.open(folder)) {
            key = file.addRoom(SERVER, ROOM);
            put(file, key, 3, 5);
            file.putMessage(key, new CacheFile.Message(4, 9, 1_004, form("edited")));
            file.addRoom(new Id128(9, 9), ROOM);
        }
        try (CacheFile file = CacheFile.open(folder)) {
            assertEquals(List.of(new CacheFile.KeyedRoom(key, ROOM)), file.rooms(SERVER));
            assertEquals(List.of(new CacheFile.Stretch(3, 5, 0)), file.stretches(key));
            assertEquals(
                    Optional.of(new CacheFile.Message(4, 9, 1_004, form("edited"))),
                    file.message(key, 4));
            assertEquals(Optional.empty(), file.message(key, 6));
            assertEquals(List.of(4L, 5L), seqs(file.before(key, 1, 6, 2)));
            assertEquals(List.of(4L), seqs(file.before(key, 4, 5, 9)));
            assertEquals(List.of(3L, 4L), seqs(file.from(key, 1, 9, 2)));
            assertEquals(List.of(5L), seqs(file.fromTime(key, 1, 9, 1_005, 2)));
            assertEquals(3, file.total());
        }
    }

    @Test
    void keepsNoMoreOfARoomThanItsLimit() throws Exception {
        try (CacheFile file = CacheFile.open(folder, new CacheFile.Limits(100, 10))) {
            long key = file.addRoom(SERVER, ROOM);
            put(file, key, 1, 9);
            assertEquals(List.of(), file.trim());
            put(file, key, 1, 10);
            assertEquals(List.of(), file.trim());
            put(file, key, 1, 13);
            assertEquals(List.of(new CacheFile.Trimmed(key, 3)), file.trim());
            assertEquals(LongStream.rangeClosed(4, 13).boxed().toList(), allSeqs(file, key));
            assertEquals(List.of(new CacheFile.Stretch(4, 13, 0)), file.stretches(key));
            assertEquals(10, file.total());
        }
        try (CacheFile file = CacheFile.open(folder)) {
            assertEquals(10, file.total());
        }
    }

    @Test
    void keepsNoMoreInAllRoomsThanItsLimitAndLosesTheOldest() throws Exception {
        try (CacheFile file = CacheFile.open(folder, new CacheFile.Limits(600, 1_000))) {
            long old = file.addRoom(SERVER, ROOM);
            long young = file.addRoom(SERVER, ROOM);
            put(file, old, 1, 300);
            put(file, young, 1_001, 1_300);
            assertEquals(List.of(), file.trim());
            put(file, young, 1_001, 1_590);
            file.trim();
            assertEquals(600, file.total());
            assertEquals(LongStream.rangeClosed(291, 300).boxed().toList(), allSeqs(file, old));
            put(file, young, 1_001, 1_601);
            file.trim();
            assertEquals(List.of(), allSeqs(file, old));
            assertEquals(1_002, allSeqs(file, young).getFirst());
            assertEquals(600, file.total());
        }
    }

    @Test
    void removesWhatExpired() throws Exception {
        try (CacheFile file = CacheFile.open(folder)) {
            long key = file.addRoom(SERVER, ROOM);
            put(file, key, 1, 10);
            assertEquals(Optional.empty(), file.trimBefore(key, 1_001));
            assertEquals(Optional.of(new CacheFile.Trimmed(key, 3)), file.trimBefore(key, 1_004));
            assertEquals(Optional.empty(), file.trimTo(key, 7));
            assertEquals(Optional.of(new CacheFile.Trimmed(key, 4)), file.trimTo(key, 6));
            assertEquals(Optional.of(new CacheFile.Trimmed(key, 10)), file.trimBefore(key, 9_999));
            assertEquals(0, file.total());
        }
    }

    @Test
    void removesARoomWithItsMessages() throws Exception {
        try (CacheFile file = CacheFile.open(folder)) {
            long key = file.addRoom(SERVER, ROOM);
            put(file, key, 1, 10);
            file.removeRoom(key);
            assertEquals(List.of(), file.rooms(SERVER));
            assertEquals(List.of(), allSeqs(file, key));
            assertEquals(List.of(), file.stretches(key));
            assertEquals(0, file.total());
        }
    }

    @Test
    void losesNothingThatWasCommittedWhenItIsNotClosed() throws Exception {
        try (CacheFile file = CacheFile.open(folder)) {
            long key = file.addRoom(SERVER, ROOM);
            put(file, key, 1, 10);
            file.commit();
            put(file, key, 11, 20);
            Path copy = Files.createDirectory(folder.resolve("copy"));
            for (String suffix : List.of("", "-wal")) {
                Files.copy(
                        folder.resolve(CacheFile.NAME + suffix),
                        copy.resolve(CacheFile.NAME + suffix));
            }
            try (CacheFile left = CacheFile.open(copy)) {
                assertEquals(LongStream.rangeClosed(1, 10).boxed().toList(), allSeqs(left, key));
            }
        }
    }

    @Test
    void knowsADamagedFile() throws Exception {
        Files.writeString(folder.resolve(CacheFile.NAME), "no database, but long enough to be one");
        assertEquals(StoreException.Kind.DAMAGED, refusal());
        CacheFile.delete(folder);
        CacheFile.open(folder).close();
        assertFalse(Files.exists(folder.resolve(CacheFile.NAME + "-wal")));
    }

    @Test
    void knowsAFileOfANewerVersion() throws Exception {
        Schema newer = new Schema(0x4C436361, 2, List.of("CREATE TABLE x (y)"));
        Path path = folder.resolve(CacheFile.NAME);
        Database.open(path, Database.Durability.SYSTEM, newer, 1 << 20).close();
        assertEquals(StoreException.Kind.NEWER, refusal());
    }

    @Test
    void knowsAFileOfAnotherProgram() throws Exception {
        Schema other = new Schema(7, 1, List.of("CREATE TABLE x (y)"));
        Path path = folder.resolve(CacheFile.NAME);
        Database.open(path, Database.Durability.SYSTEM, other, 1 << 20).close();
        assertEquals(StoreException.Kind.DAMAGED, refusal());
    }

    private StoreException.Kind refusal() {
        return assertThrows(StoreException.class, () -> CacheFile.open(folder)).kind();
    }
}
