package localchat.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes inputs of other inputs: bits turned, pieces cut out, doubled, put together.
final class InputDamage {
    private static final byte[] EDGES = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF, '/', ':', '\n', ' '};

    private final Random random;
    private final List<byte[]> inputs;

    /// @param inputs what is damaged; at least one
    InputDamage(Random random, List<byte[]> inputs) {
        this.random = random;
        this.inputs = inputs;
    }

    byte[] next() {
        byte[] input = any().clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            input = damaged(input);
        }
        return input;
    }

    private byte[] any() {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private byte[] damaged(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = random.nextInt(from, input.length + 1);
        return switch (random.nextInt(6)) {
            case 0 -> withByte(input, from, (byte) random.nextInt());
            case 1 -> withByte(input, from, EDGES[random.nextInt(EDGES.length)]);
            case 2 ->
                    joined(Arrays.copyOf(input, from), Arrays.copyOfRange(input, to, input.length));
            case 3 ->
                    joined(Arrays.copyOf(input, to), Arrays.copyOfRange(input, from, input.length));
            case 4 -> {
                byte[] other = any();
                int at = random.nextInt(other.length + 1);
                yield joined(
                        Arrays.copyOf(input, from), Arrays.copyOfRange(other, at, other.length));
            }
            default -> {
                byte[] some = new byte[1 + random.nextInt(8)];
                random.nextBytes(some);
                yield joined(
                        joined(Arrays.copyOf(input, from), some),
                        Arrays.copyOfRange(input, from, input.length));
            }
        };
    }

    private static byte[] withByte(byte[] input, int at, byte value) {
        byte[] changed = Arrays.copyOf(input, Math.max(input.length, at + 1));
        changed[at] = value;
        return changed;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
