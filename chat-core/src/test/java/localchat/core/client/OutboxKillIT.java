package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import localchat.core.store.OutboxFile;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a program with SIGKILL while it fills its outbox, and looks at what the next one finds.
@Timeout(120)
class OutboxKillIT {
    @TempDir private Path folder;

    @RepeatedTest(5)
    void keepsEveryBatchThatWasKeptAndNoHalfOfAnyOther(RepetitionInfo round) throws Exception {
        Random random = new Random(round.getCurrentRepetition());
        int kept = writeUntilKilled(1 + random.nextInt(OutboxWriterMain.POSTS - 100));
        try (OutboxFile file = OutboxFile.open(folder)) {
            List<OutboxFile.Post> posts = file.posts(OutboxWriterMain.SERVER);
            assertTrue(posts.size() >= kept, posts.size() + " of " + kept);
            for (int i = 0; i < posts.size(); i++) {
                assertEquals(OutboxWriterMain.id(i), posts.get(i).id());
                assertEquals(
                        Optional.of(OutboxWriterMain.body(i)),
                        StoredForms.body(posts.get(i).body()));
            }
            assertTrue(isEndOfBatch(posts.size()), posts.size() + " is the end of a batch");
        }
    }

    /// Returns how many posts the program said were kept when it was killed.
    private int writeUntilKilled(int atLeast) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process =
                new ProcessBuilder(
                                java.toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OutboxWriterMain.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines = process.inputReader()) {
            int kept = 0;
            while (kept < atLeast) {
                String line = lines.readLine();
                assertNotNull(line, "the program ended after " + kept);
                kept = Integer.parseInt(line);
            }
            // Not by the process itself, which would close its output too.
            assertTrue(process.toHandle().destroyForcibly(), "the program is killed");
            String line = lines.readLine();
            while (line != null) {
                kept = Integer.parseInt(line);
                line = lines.readLine();
            }
            return kept;
        } finally {
            process.destroyForcibly();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the program is gone");
        }
    }

    private static boolean isEndOfBatch(int posts) {
        int end = 0;
        for (int batch = 0; end < posts; batch++) {
            end = Math.min(end + 1 + batch * 7 % 50, OutboxWriterMain.POSTS);
        }
        return end == posts;
    }
}
