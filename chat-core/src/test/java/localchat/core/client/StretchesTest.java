package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import localchat.core.store.CacheFile.Stretch;
import org.junit.jupiter.api.Test;

class StretchesTest {
    private final Stretches stretches = new Stretches(List.of());

    private static Stretch fresh(long from, long to) {
        return new Stretch(from, to, 0);
    }

    @Test
    void joinsWhatTouches() {
        stretches.addFresh(5, 6);
        stretches.addFresh(8, 9);
        assertEquals(List.of(fresh(5, 6), fresh(8, 9)), stretches.all());
        stretches.addFresh(7, 7);
        assertEquals(List.of(fresh(5, 9)), stretches.all());
        stretches.addFresh(1, 4);
        stretches.addFresh(10, 10);
        stretches.addFresh(3, 2);
        assertEquals(List.of(fresh(1, 10)), stretches.all());
    }

    @Test
    void keepsWhatIsStaleApartUntilItIsRenewed() {
        stretches.addFresh(1, 10);
        stretches.makeStale(10);
        stretches.addFresh(21, 25);
        assertEquals(List.of(new Stretch(1, 10, 10), fresh(21, 25)), stretches.all());
        assertEquals(Optional.empty(), stretches.freshAt(10));
        assertEquals(Optional.of(fresh(21, 25)), stretches.freshAt(21));
        stretches.addFresh(8, 20);
        assertEquals(List.of(new Stretch(1, 7, 10), fresh(8, 25)), stretches.all());
        stretches.makeStale(25);
        assertEquals(List.of(new Stretch(1, 7, 10), new Stretch(8, 25, 25)), stretches.all());
        stretches.addFresh(3, 4);
        assertEquals(
                List.of(
                        new Stretch(1, 2, 10),
                        fresh(3, 4),
                        new Stretch(5, 7, 10),
                        new Stretch(8, 25, 25)),
                stretches.all());
    }

    @Test
    void findsTheNearest() {
        stretches.addFresh(5, 6);
        stretches.addFresh(9, 9);
        assertEquals(Optional.empty(), stretches.atOrBelow(4));
        assertEquals(Optional.of(fresh(5, 6)), stretches.atOrBelow(8));
        assertEquals(Optional.of(fresh(9, 9)), stretches.atOrBelow(12));
        assertEquals(Optional.of(fresh(5, 6)), stretches.atOrAbove(1));
        assertEquals(Optional.of(fresh(9, 9)), stretches.atOrAbove(7));
        assertEquals(Optional.empty(), stretches.atOrAbove(10));
    }

    @Test
    void isCut() {
        stretches.addFresh(1, 4);
        stretches.addFresh(6, 9);
        stretches.cutUpTo(7);
        assertEquals(List.of(fresh(8, 9)), stretches.all());
        stretches.cutUpTo(Long.MAX_VALUE);
        assertEquals(List.of(), stretches.all());
    }

    @Test
    void forgetsTheOldestBeyondItsNumber() {
        for (long i = Stretches.STRETCHES_MAX; i >= 0; i--) {
            stretches.addFresh(10 + i * 2, 10 + i * 2);
        }
        assertEquals(Stretches.STRETCHES_MAX, stretches.all().size());
        assertEquals(12, stretches.all().getFirst().fromSeq());
    }

    @Test
    void hasWhatWasAddedAndNothingElseWhateverTheOrder() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            Stretches some = new Stretches(List.of());
            TreeSet<Long> expected = new TreeSet<>();
            for (int i = 0; i < 20; i++) {
                long from = 1L + random.nextInt(60);
                long to = from + random.nextInt(6);
                some.addFresh(from, to);
                LongStream.rangeClosed(from, to).forEach(expected::add);
            }
            TreeSet<Long> found = new TreeSet<>();
            for (Stretch each : some.all()) {
                LongStream.rangeClosed(each.fromSeq(), each.toSeq()).forEach(found::add);
            }
            assertEquals(expected, found);
        }
    }
}
