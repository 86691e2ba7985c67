package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import localchat.core.model.Digest32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyWordsTest {
    /// Made with another program from the description in PROTOCOL.md.
    @Test
    void givesTheWordsThatOthersGive() {
        byte[] hash = new byte[32];
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) (0x40 + i);
        }

        assertEquals(
                "clutch start head announce december beauty",
                String.join(" ", KeyWords.of(new Digest32(hash))));
        assertEquals(
                "arch depart cake error humor blue",
                String.join(" ", KeyWords.of(new Digest32(new byte[32]))));
    }

    @Test
    void givesSixWords() {
        assertEquals(6, KeyWords.of(new Digest32(new byte[32])).size());
    }

    @Test
    void givesAPersonOtherWordsThanAServer() {
        List<String> ana = KeyWords.ofPerson(new localchat.core.model.Id128(1, 2));
        assertEquals(KeyWords.WORDS, ana.size());
        assertEquals(ana, KeyWords.ofPerson(new localchat.core.model.Id128(1, 2)));
        assertNotEquals(ana, KeyWords.ofPerson(new localchat.core.model.Id128(1, 3)));
    }

    @Test
    void givesOtherWordsForEveryKey() {
        Random random = new Random(66);
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            byte[] hash = new byte[32];
            random.nextBytes(hash);
            seen.add(KeyWords.of(new Digest32(hash)));
        }

        assertEquals(10_000, seen.size());
    }

    @Test
    void usesEveryWordInEveryPlace() {
        Random random = new Random(2048);
        List<Set<String>> used =
                IntStream.range(0, 6).<Set<String>>mapToObj(i -> new HashSet<>()).toList();
        for (int i = 0; i < 40_000; i++) {
            byte[] hash = new byte[32];
            random.nextBytes(hash);
            List<String> words = KeyWords.of(new Digest32(hash));
            for (int place = 0; place < 6; place++) {
                used.get(place).add(words.get(place));
            }
        }

        for (int place = 0; place < 6; place++) {
            assertEquals(2_048, used.get(place).size(), "place " + place);
        }
    }

    @Test
    void dependsOnEveryBitOfTheHash() {
        List<String> words = KeyWords.of(new Digest32(new byte[32]));
        for (int bit = 0; bit < 256; bit++) {
            byte[] hash = new byte[32];
            hash[bit / 8] ^= (byte) (1 << bit % 8);

            assertNotEquals(words, KeyWords.of(new Digest32(hash)), "bit " + bit);
        }
    }

    /// The digest of the list as BIP-39 publishes it.
    @Test
    void hasTheListOfBip39() throws IOException {
        try (var file = KeyWords.class.getResourceAsStream("english.txt")) {
            assertEquals(
                    "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda",
                    Fingerprints.sha256(file.readAllBytes()).toString());
        }
    }

    @Test
    void comesWithTheLicenceOfTheList() throws IOException {
        try (var file = KeyWords.class.getResourceAsStream("english.LICENSE")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);

            assertFalse(text.isBlank());
        }
    }

    @Test
    void takesAListOf2048Words() {
        List<String> words = someWords(2_048);

        assertSame(words, KeyWords.checked(words));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2_047, 2_049})
    void refusesAListOfAnotherLength(int length) {
        assertDamaged(someWords(length));
    }

    @Test
    void refusesAListWithAWordTwice() {
        List<String> words = someWords(2_048);
        words.set(0, words.get(1));

        assertDamaged(words);
    }

    @Test
    void refusesALongerListOfAsManyWords() {
        List<String> words = someWords(2_048);
        words.add(words.getFirst());

        assertDamaged(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Zoo", "zoo ", "zoó", "a b", "zoo\r"})
    void refusesAListWithWhatIsNoWord(String word) {
        List<String> words = someWords(2_048);
        words.set(1_000, word);

        assertDamaged(words);
    }

    private static void assertDamaged(List<String> words) {
        assertThrows(IllegalStateException.class, () -> KeyWords.checked(words));
    }

    private static List<String> someWords(int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(
                    ""
                            + (char) ('a' + i / 676)
                            + (char) ('a' + i / 26 % 26)
                            + (char) ('a' + i % 26));
        }
        return words;
    }
}
