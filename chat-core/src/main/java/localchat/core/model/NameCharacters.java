package localchat.core.model;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The characters that names are made of, and the scripts that each is written in.
///
/// Letters, marks, digits and a little punctuation come from a table of Unicode's own data: those
/// that UTS #39 allows in identifiers, and besides those that few people use (Identifier_Type
/// Limited_Use and Uncommon_Use), since a name in Cherokee or N'Ko is somebody's name. The rest is
/// ASCII, some more punctuation, and emoji.
final class NameCharacters {
    static final String TABLE = "name-characters.txt";

    /// A character that goes with every script.
    static final long ANY_SCRIPT = -1;

    /// A character that names may not have.
    static final long NO_SCRIPT = 0;

    /// What people put between and around the words of a name, besides what ASCII has.
    private static final String PUNCTUATION = "¡«»¿–—‘’“”„、。「」";

    /// Enclosed letters, among them those that flags are made of: they would spell words past every
    /// other rule.
    private static final int ENCLOSED_FIRST = 0x1F100;

    private static final int ENCLOSED_LAST = 0x1F2FF;

    /// Where the emoji begin that are no letters: before it are digits, © and ®.
    private static final int EMOJI_FIRST = 0x2000;

    /// What UTS #39 calls augmented script sets: what is written together counts as one script.
    private static final Map<String, List<String>> TOGETHER =
            Map.of(
                    "Hani", List.of("Japanese", "Korean", "Bopomofo"),
                    "Hira", List.of("Japanese"),
                    "Kana", List.of("Japanese"),
                    "Hang", List.of("Korean"),
                    "Bopo", List.of("Bopomofo"));

    private static final NameCharacters CHARACTERS = new NameCharacters();

    /// Of each line of the table its first and last character, in ascending order, and its scripts.
    private final int[] firsts;

    private final int[] lasts;
    private final long[] scripts;
    private final long latin;
    private final long eastAsian;
    private final Map<String, Integer> bits = new HashMap<>();

    private NameCharacters() {
        List<String> lines = UnicodeTable.lines(TABLE);
        firsts = new int[lines.size()];
        lasts = new int[lines.size()];
        scripts = new long[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).replace('-', ' ').split(" ", -1);
            firsts[i] = Integer.parseInt(words[0], 16);
            lasts[i] = Integer.parseInt(words[1], 16);
            for (int word = 2; word < words.length; word++) {
                scripts[i] |= bitsOf(words[word]);
            }
        }
        if (bits.size() > Long.SIZE) {
            throw new IllegalStateException("more scripts than bits");
        }
        latin = bitsOf("Latn");
        eastAsian = bitsOf("Hani");
    }

    private long bitsOf(String script) {
        if (script.equals("*")) {
            return ANY_SCRIPT;
        }
        long set = 0;
        for (String name : TOGETHER.getOrDefault(script, List.of(script))) {
            bits.putIfAbsent(name, bits.size());
            set |= 1L << bits.get(name);
        }
        return set;
    }

    /// The scripts in which a character is written, as a set of bits.
    static long scriptsOf(int point) {
        long known = CHARACTERS.scriptsInTable(point);
        if (known != NO_SCRIPT) {
            return known;
        }
        boolean isPrintableAscii = point >= ' ' && point <= '~';
        return isPrintableAscii || PUNCTUATION.indexOf(point) >= 0 || isEmoji(point)
                ? ANY_SCRIPT
                : NO_SCRIPT;
    }

    /// Emoji of one character, and the skin tones that may follow one. Those that need an invisible
    /// joiner or selector are refused with it, so that nothing invisible needs an exception.
    private static boolean isEmoji(int point) {
        return point >= EMOJI_FIRST
                && Character.isEmoji(point)
                && (point < ENCLOSED_FIRST || point > ENCLOSED_LAST)
                && Normalizer.isNormalized(Character.toString(point), Normalizer.Form.NFKC);
    }

    /// Whether characters of these sets of scripts, of each its common part, are of one script or
    /// written together with Latin in Japan, Korea or China.
    ///
    /// @param all the scripts that every character is written in
    /// @param notLatin the scripts that every character is written in that is not Latin
    static boolean isHighlyRestrictive(long all, long notLatin) {
        return all != NO_SCRIPT || (notLatin & CHARACTERS.eastAsian) != NO_SCRIPT;
    }

    static boolean isLatin(long scripts) {
        return (scripts & CHARACTERS.latin) != NO_SCRIPT;
    }

    private long scriptsInTable(int point) {
        int found = Arrays.binarySearch(firsts, point);
        int line = found >= 0 ? found : -found - 2;
        return line >= 0 && point <= lasts[line] ? scripts[line] : NO_SCRIPT;
    }
}
