package localchat.server.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final MessageId ID = new MessageId(new Id128(-1, 2));

    @TempDir Path folder;

    private static void fill(Journal journal) {
        journal.epoch(new Id128(3, 4));
        journal.sent(ID, 5, -6);
        journal.sentDependent(ID, 5, 6);
        journal.acknowledged(ID, 5, 7);
        journal.received(5, 7, ID, BodyHash.TOMBSTONE);
    }

    @Test
    void hasInTheFileWhatItHasInMemoryAtOnce() throws IOException {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.inFile("ana", file)) {
            fill(journal);
            assertEquals(
                    List.of(
                            "EPOCH 00000000000000030000000000000004",
                            "SEND ffffffffffffffff0000000000000002 5 fffffffffffffffa",
                            "SEND ffffffffffffffff0000000000000002 5 0000000000000006 dependent",
                            "ACK ffffffffffffffff0000000000000002 5 7",
                            "RECV 5 7 ffffffffffffffff0000000000000002 0000000000000000"),
                    Files.readAllLines(file));
            assertEquals(journal.entries(), Journal.read("ana", file).entries());
        }
    }

    @Test
    void goesOnBehindALineThatAKillCut() throws IOException {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.inFile("ana", file)) {
            fill(journal);
        }
        Files.writeString(file, "ACK ffff", StandardOpenOption.APPEND);
        assertEquals(5, Journal.read("ana", file).entries().size());
        try (Journal journal = Journal.inFile("ana", file)) {
            journal.sent(ID, 8, 9);
            assertEquals(6, journal.entries().size());
            assertEquals(journal.entries(), Journal.read("ana", file).entries());
        }
    }

    @Test
    void refusesAWholeLineThatIsNoEntry() throws IOException {
        Path file = folder.resolve("journal");
        for (String line : List.of("ACK ffff\n", "HELLO\n", "\n", "SEND x 1 1\n")) {
            Files.writeString(file, line);
            assertThrows(IOException.class, () -> Journal.read("ana", file), line);
        }
    }
}
