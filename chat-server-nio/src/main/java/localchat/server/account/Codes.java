package localchat.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import localchat.core.model.Digest32;

/// Codes that people copy by hand: invites, codes for a further device, for recovery and for the
/// first administrator. 100 random bits in Crockford's base 32, `7KQ2M-9XW4T-BC3ZD-H8RPN`; case,
/// dashes and blanks do not matter, O is read as 0, I and L as 1. What is kept of one is its hash
/// alone: 100 random bits need no slow one.
public final class Codes {
    /// Characters of a code without dashes; 5 bits each.
    static final int LENGTH = 20;

    private static final int GROUP = 5;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Codes() {}

    /// A new code.
    ///
    /// @param random strong
    public static String random(RandomGenerator random) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /// What is kept of a code, and compared; empty for what cannot be one.
    public static Optional<Digest32> hash(String typed) {
        String plain =
                typed.toUpperCase(Locale.ROOT)
                        .replaceAll("[- ]", "")
                        .replace('O', '0')
                        .replace('I', '1')
                        .replace('L', '1');
        boolean isOne =
                plain.length() == LENGTH && plain.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
        return isOne ? Optional.of(sha256(plain)) : Optional.empty();
    }

    private static Digest32 sha256(String plain) {
        try {
            byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
            return new Digest32(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
