package localchat.server.simulation;

import java.util.List;
import java.util.Random;
import localchat.core.model.Id128;

/// All chance of one run, from its seed.
final class Dice {
    private final Random random;

    Dice(long seed) {
        // Neighbouring seeds would begin alike.
        long mixed = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        this.random = new Random(mixed ^ (mixed >>> 31));
    }

    /// True once in so many times on average; never for 0.
    boolean oneIn(int times) {
        return times > 0 && random.nextInt(times) == 0;
    }

    /// A number from `low` to `high`, both included.
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    long between(long low, long high) {
        return low + random.nextLong(high - low + 1);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Id128 id() {
        return Id128.random(random);
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// The same chance as a source for the server.
    Random random() {
        return random;
    }
}
