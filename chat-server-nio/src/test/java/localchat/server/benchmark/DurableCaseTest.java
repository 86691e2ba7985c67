package localchat.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localchat.server.benchmark.BenchmarkCase.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The case durable, as far as it can be told without a server.
class DurableCaseTest {
    private static final String HEAD = "2026-11-21T14:13:17.123Z INFO  counters ";

    @TempDir private Path folder;

    @Test
    void setsDiskBesideMemoryInEverySetting() {
        List<String> labels = rows(10, 100).stream().map(Row::label).toList();

        assertEquals(
                List.of(
                        "10 members, 1 sending, 1 in flight, chat, in memory",
                        "10 members, 1 sending, 1 in flight, chat, on disk",
                        "10 members, 8 sending, 64 in flight, chat, in memory",
                        "10 members, 8 sending, 64 in flight, chat, on disk",
                        "10 members, 8 sending, 512 in flight, chat, in memory",
                        "10 members, 8 sending, 512 in flight, chat, on disk"),
                labels.subList(0, labels.size() / 2));
        assertEquals("100 members, 8 sending, 512 in flight, chat, on disk", labels.getLast());
    }

    @Test
    void hasNoMoreSendersThanMembers() {
        assertEquals("7 members, 7 sending, 64 in flight", rows(7).get(2).setting());
        assertEquals("8 members, 8 sending, 64 in flight", rows(8).get(2).setting());
        assertEquals("9 members, 8 sending, 64 in flight", rows(9).get(2).setting());
    }

    private List<Row> rows(Integer... members) {
        TestBed bed = new TestBed(folder.resolve("chat-server"), new Kernel(), Optional.empty());
        Plan plan = new Plan(List.of(), List.of(members), 10, 2, 2, 1, 1, 0);
        return new DurableCase(new Setup(bed, plan, 148)).rows();
    }

    @Test
    void tellsGroupsOfServerThatCommitsToDisk() {
        Figures figures =
                counted(
                        900,
                        "events=900 commits=40 commit_posts=900 commit_group_max=256"
                                + " commit_longest_nanoseconds=12345678");

        assertEquals(22.5, figures.get(Figure.COMMIT_GROUP_MEAN));
        assertEquals(256, figures.get(Figure.COMMIT_GROUP_MAX));
        assertEquals(12.345678, figures.get(Figure.COMMIT_LONGEST_MILLIS));
        assertEquals(0, figures.get(Figure.NOT_STORED));
    }

    @Test
    void tellsNoGroupsOfServerInMemory() {
        Figures figures = counted(900, "events=900 commits=40");

        assertTrue(Double.isNaN(figures.get(Figure.COMMIT_GROUP_MEAN)));
        assertTrue(Double.isNaN(figures.get(Figure.COMMIT_GROUP_MAX)));
        assertEquals(0, figures.get(Figure.NOT_STORED));
    }

    @Test
    void countsMessagesThatWereStoredTooSeldomOrTooOften() {
        assertEquals(1, counted(900, "events=899").get(Figure.NOT_STORED));
        assertEquals(1, counted(900, "events=901").get(Figure.NOT_STORED));
        assertTrue(Figure.NOT_STORED.isFault());
    }

    private static Figures counted(long sent, String counters) {
        return DurableCase.addCounted(
                new Figures().count(Figure.MESSAGES_SENT, sent),
                LoggedCounters.read(List.of(HEAD + counters)));
    }

    @Test
    void deletesDataOfRunWithEverythingInIt() throws IOException {
        try (ScratchFolder other = new ScratchFolder(folder)) {
            try (ScratchFolder data = new ScratchFolder(folder)) {
                Files.createDirectories(data.path().resolve("deep/deeper"));
                Files.writeString(data.path().resolve("deep/deeper/chat.db"), "all");
                Files.writeString(data.path().resolve("lock"), "");
            }
            try (Stream<Path> left = Files.list(folder)) {
                assertEquals(List.of(other.path()), left.toList());
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void findsNothingWrongWithDataThatIsGone() throws IOException {
        ScratchFolder data = new ScratchFolder(folder);
        Files.delete(data.path());

        assertDoesNotThrow(data::close);
    }

    @Test
    void measuresDiskAndLeavesNothingOnIt() throws IOException {
        assertTrue(DiskProbe.syncMicros(folder) > 0);

        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
