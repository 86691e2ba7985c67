package localchat.client.fx.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PacedTest {
    private final List<Runnable> later = new ArrayList<>();
    private int done;
    private final Paced paced = new Paced(later::add, () -> done++);

    @Test
    void actsAtOnceAndThenOnceForAllThatCameMeanwhile() {
        paced.run();
        assertEquals(1, done);
        paced.run();
        paced.run();
        assertEquals(1, done);
        rest();
        assertEquals(2, done);
        rest();
        assertEquals(2, done);
        paced.run();
        assertEquals(3, done);
    }

    @Test
    void forgetsTheWishThatWasFulfilledNow() {
        paced.run();
        paced.run();
        paced.runNow();
        rest();
        assertEquals(2, done);
    }

    private void rest() {
        List<Runnable> now = List.copyOf(later);
        later.clear();
        now.forEach(Runnable::run);
    }
}
