package localchat.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs a module's fuzz targets without Jazzer: each kept input as it is, then many of them
/// damaged. To repeat a failure: `-Dlocalchat.fuzz.seed=` and the seed printed; for more of them
/// `-Dlocalchat.fuzz.rounds=`.
public abstract class FuzzTargetsContract {
    private static final String SUFFIX = "Fuzz.class";

    private final long seed = Long.getLong("localchat.fuzz.seed", new Random().nextLong());

    /// Every target of the module.
    protected abstract List<Class<?>> targets();

    /// Damaged inputs for a target.
    protected int rounds() {
        return Integer.getInteger("localchat.fuzz.rounds", 500);
    }

    @Test
    void everyTargetIsListed() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "test-classes"))) {
            Set<String> there =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(SUFFIX))
                            .map(name -> name.substring(0, name.length() - ".class".length()))
                            .collect(Collectors.toSet());
            Set<String> listed =
                    targets().stream().map(Class::getSimpleName).collect(Collectors.toSet());
            assertEquals(there, listed);
        }
    }

    @TestFactory
    Stream<DynamicTest> holdsForInputsThatWereKept() {
        return targets().stream()
                .map(FuzzTarget::new)
                .map(target -> DynamicTest.dynamicTest(target + "", () -> replay(target)));
    }

    private static void replay(FuzzTarget target) throws IOException, URISyntaxException {
        List<byte[]> inputs = target.keptInputs();
        assertFalse(inputs.isEmpty(), "no inputs are kept for " + target);
        inputs.forEach(input -> run(target, input, "kept"));
    }

    @TestFactory
    Stream<DynamicTest> holdsForDamagedInputs() {
        return targets().stream()
                .map(FuzzTarget::new)
                .map(target ->
                        DynamicTest.dynamicTest(
                                target + " -Dlocalchat.fuzz.seed=" + seed, () -> damage(target)));
    }

    private void damage(FuzzTarget target) throws IOException, URISyntaxException {
        InputDamage damage = new InputDamage(new Random(seed), target.keptInputs());
        for (int round = 0; round < rounds(); round++) {
            run(target, damage.next(), "-Dlocalchat.fuzz.seed=" + seed + " round " + round);
        }
    }

    private static void run(FuzzTarget target, byte[] input, String which) {
        try {
            target.run(input);
        } catch (Throwable e) {
            throw new AssertionError(
                    "%s, %s input %s: %s"
                            .formatted(target, which, HexFormat.of().formatHex(input), e),
                    e);
        }
    }
}
