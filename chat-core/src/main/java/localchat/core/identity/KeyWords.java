package localchat.core.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import localchat.core.model.Digest32;
import localchat.core.model.Id128;

/// Six words for a server's key, for two people to compare aloud. PROTOCOL.md, "Six words".
///
/// They are 66 bits of SHA-256 over a context and the key's hash. Whoever wants to be taken for a
/// server must make about 2^66 keys to find one with the same words.
public final class KeyWords {
    /// How many words there are for a key.
    public static final int WORDS = 6;

    /// Bits that choose one word.
    private static final int WORD_BITS = 11;

    private static final int LIST_SIZE = 1 << WORD_BITS;

    private static final byte[] CONTEXT =
            "localchat-key-words-v1\0".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PERSON_CONTEXT =
            "localchat-person-words-v1\0".getBytes(StandardCharsets.US_ASCII);

    private KeyWords() {}

    /// Read when the first words are asked for: a server never asks.
    private static final class WordList {
        private static final List<String> ENGLISH = read();

        private static List<String> read() {
            try (InputStream file = KeyWords.class.getResourceAsStream("english.txt")) {
                if (file == null) {
                    throw new IllegalStateException("the list of words is missing");
                }
                return checked(
                        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                                .lines()
                                .toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The list, when it can be one.
    ///
    /// @throws IllegalStateException when it is not 2,048 different words in lower-case ASCII
    ///   letters
    static List<String> checked(List<String> words) {
        boolean isList =
                words.size() == LIST_SIZE
                        && new HashSet<>(words).size() == LIST_SIZE
                        && words.stream().allMatch(word -> word.matches("[a-z]+"));
        if (!isList) {
            throw new IllegalStateException("the list of words is damaged");
        }
        return words;
    }

    /// The words of the key with this hash, [#WORDS] of them, in their order.
    public static List<String> of(Digest32 keyHash) {
        byte[] input =
                ByteBuffer.allocate(CONTEXT.length + Digest32.BYTES)
                        .put(CONTEXT)
                        .put(keyHash.bytes())
                        .array();
        return of(input);
    }

    /// The words of the person whose first device's id begins so, [#WORDS] of them, in their order:
    /// others than those of a server's key, whatever its bytes.
    public static List<String> ofPerson(Id128 devicePrefix) {
        return of(
                ByteBuffer.allocate(PERSON_CONTEXT.length + Id128.BYTES)
                        .put(PERSON_CONTEXT)
                        .put(devicePrefix.bytes())
                        .array());
    }

    private static List<String> of(byte[] input) {
        byte[] digest = Fingerprints.sha256(input).bytes();
        BigInteger bits =
                new BigInteger(1, digest).shiftRight(Digest32.BYTES * 8 - WORDS * WORD_BITS);
        return IntStream.range(0, WORDS)
                .map(i -> bits.shiftRight((WORDS - 1 - i) * WORD_BITS).intValue())
                .mapToObj(index -> WordList.ENGLISH.get(index & (LIST_SIZE - 1)))
                .toList();
    }
}
