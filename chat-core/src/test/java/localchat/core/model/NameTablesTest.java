package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.UnicodeSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Measures the tables and the rules against ICU, which has all of Unicode's data, and 15 MB of it.
class NameTablesTest {
    /// Of each line of the table the first, when it is a letter.
    private static final List<Integer> LETTERS = letters();

    /// Latin, Han, the two Kana, Hangul, Bopomofo: of which some may be mixed.
    private static final List<Integer> MIXED =
            List.of((int) 'a', 0x6F22, 0x3042, 0x30A2, 0xAC00, 0x3105);

    @Test
    void haveTheCharactersThatUnicodeHas() throws IOException {
        assertEquals(NameTables.characters(), stored(NameCharacters.TABLE));
    }

    @Test
    void haveTheConfusablesThatUnicodeHas() throws IOException {
        assertEquals(NameTables.confusables(), stored(Confusables.TABLE));
    }

    @Test
    void comeWithTheirLicence() throws IOException {
        assertFalse(stored("Unicode.LICENSE").isBlank());
    }

    @Test
    void judgeScriptsAsIcuDoes() {
        SpoofChecker icu =
                new SpoofChecker.Builder()
                        .setChecks(SpoofChecker.RESTRICTION_LEVEL)
                        .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
                        .setAllowedChars(new UnicodeSet(0, Character.MAX_CODE_POINT))
                        .build();
        Random random = new Random(39);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            String name = nameOf(random);
            boolean isMixed =
                    NameRules.fault("it", name)
                            .filter(fault -> fault.contains("scripts,"))
                            .isPresent();
            refused += isMixed ? 1 : 0;

            assertEquals(icu.failsChecks(name), isMixed, () -> name + " " + codes(name));
        }
        assertTrue(refused > 1_000 && refused < 49_000, "refused " + refused);
    }

    /// NFC, as rules see names, of two to four letters.
    private static String nameOf(Random random) {
        StringBuilder name = new StringBuilder();
        for (int letters = random.nextInt(2, 5); letters > 0; letters--) {
            List<Integer> some = random.nextBoolean() ? LETTERS : MIXED;
            name.appendCodePoint(some.get(random.nextInt(some.size())));
        }
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static List<Integer> letters() {
        List<Integer> letters = new ArrayList<>();
        for (String line : UnicodeTable.lines(NameCharacters.TABLE)) {
            int first = Integer.parseInt(line.substring(0, line.indexOf('-')), 16);
            if (Character.isLetter(first)) {
                letters.add(first);
            }
        }
        return letters;
    }

    private static String codes(String name) {
        return name.codePoints().mapToObj("U+%04X"::formatted).toList().toString();
    }

    private static String stored(String table) throws IOException {
        try (var file = NameTablesTest.class.getResourceAsStream(table)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
