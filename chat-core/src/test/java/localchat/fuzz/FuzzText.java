package localchat.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Texts of all kinds from the bytes of an input.
public final class FuzzText {
    /// Longest text that is made by repetition, in characters. Reason: what takes time with the
    /// square of the length takes many seconds at this one.
    private static final int REPEATED_MAX = 100_000;

    /// Longest input that is repeated, in bytes. Reason: longer ones find nothing that these do
    /// not, and each takes milliseconds.
    private static final int REPEATABLE_MAX = 9;

    private FuzzText() {}

    /// A text that an input means.
    ///
    /// @param input the first byte says how to read the others: as UTF-8, or as UTF-16, which
    ///   allows lone surrogates; and whether they are said again and again
    public static String of(byte[] input) {
        if (input.length == 0) {
            return "";
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        String text =
                (input[0] & 1) == 0 ? new String(bytes, StandardCharsets.UTF_8) : ofUtf16(bytes);
        boolean repeated =
                (input[0] & 0xFE) == 0xFE && input.length <= REPEATABLE_MAX && !text.isEmpty();
        return repeated ? text.repeat(REPEATED_MAX / text.length()) : text;
    }

    private static String ofUtf16(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            text.append((char) ((bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF)));
        }
        return text.toString();
    }
}
