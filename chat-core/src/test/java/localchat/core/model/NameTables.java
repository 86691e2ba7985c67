package localchat.core.model;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.IdentifierType;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes the tables by which names are judged, from Unicode's data as ICU has them. For a new
/// Unicode: raise ICU's version, run this with the folder of the tables as its argument, and look
/// at what changed.
final class NameTables {
    private static final Set<IdentifierType> IN_USE =
            EnumSet.of(
                    IdentifierType.RECOMMENDED,
                    IdentifierType.INCLUSION,
                    IdentifierType.LIMITED_USE,
                    IdentifierType.UNCOMMON_USE);

    /// Thai and Lao vowel and letters that no NFKC text has, and which those languages are written
    /// with all the same.
    private static final Set<Integer> COMPATIBLE = Set.of(0x0E33, 0x0EB3, 0x0EDC, 0x0EDD);

    private static final String ANY = "*";

    private NameTables() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.writeString(folder.resolve(NameCharacters.TABLE), characters());
        Files.writeString(folder.resolve(Confusables.TABLE), confusables());
    }

    /// `41-5A Latn` a line: letters, marks, digits and some punctuation, and the scripts that each
    /// is used with; `*` is any.
    static String characters() {
        StringBuilder table =
                new StringBuilder(header("The characters of names, and their scripts"));
        int first = 0;
        String scripts = "";
        for (int point = 0; point <= Character.MAX_CODE_POINT + 1; point++) {
            String here =
                    point <= Character.MAX_CODE_POINT && isOfNames(point) ? scripts(point) : "";
            if (!here.equals(scripts)) {
                if (!scripts.isEmpty()) {
                    table.append("%X-%X %s\n".formatted(first, point - 1, scripts));
                }
                first = point;
                scripts = here;
            }
        }
        return table.toString();
    }

    /// `6F 3BF 43E` a line: what others look like, and those others. A sequence is joined by `+`.
    static String confusables() {
        SpoofChecker checker = new SpoofChecker.Builder().build();
        TreeMap<String, TreeSet<Integer>> likes = new TreeMap<>();
        for (int point = 0x20; point <= Character.MAX_CODE_POINT; point++) {
            String text = Character.toString(point);
            if (!UCharacter.isDefined(point)
                    || UCharacter.getType(point) == UCharacter.SURROGATE
                    || !Normalizer2.getNFDInstance().isNormalized(text)
                    || !isKeptByNfkc(point)) {
                continue;
            }
            String like = checker.getSkeleton(text);
            if (!like.isEmpty() && !like.equals(text)) {
                likes.computeIfAbsent(like, key -> new TreeSet<>()).add(point);
            }
        }
        StringBuilder table = new StringBuilder(header("What looks like something else"));
        likes.forEach((like, points) ->
                table.append(
                        "%s %s\n"
                                .formatted(
                                        hex(like.codePoints().toArray(), "+"),
                                        hex(
                                                points.stream().mapToInt(point -> point).toArray(),
                                                " "))));
        return table.toString();
    }

    /// What UTS #39 calls Allowed, and besides what peoples alive write with, be they few.
    private static boolean isOfNames(int point) {
        if (COMPATIBLE.contains(point)) {
            return true;
        }
        if (UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
            return false;
        }
        EnumSet<IdentifierType> types = EnumSet.noneOf(IdentifierType.class);
        UCharacter.getIdentifierTypes(point, types);
        boolean isInUse = types.stream().anyMatch(IN_USE::contains);
        types.removeAll(IN_USE);
        types.remove(IdentifierType.TECHNICAL);
        return isInUse && types.isEmpty();
    }

    private static boolean isKeptByNfkc(int point) {
        return COMPATIBLE.contains(point)
                || Normalizer2.getNFKCInstance().isNormalized(Character.toString(point));
    }

    private static String scripts(int point) {
        BitSet scripts = new BitSet();
        UScript.getScriptExtensions(point, scripts);
        return scripts.stream()
                .filter(script -> isCommon(script) || isWrittenToday(script))
                .mapToObj(script -> isCommon(script) ? ANY : UScript.getShortName(script))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static boolean isCommon(int script) {
        return script == UScript.COMMON || script == UScript.INHERITED;
    }

    private static boolean isWrittenToday(int script) {
        return UScript.getUsage(script) == UScript.ScriptUsage.RECOMMENDED
                || UScript.getUsage(script) == UScript.ScriptUsage.LIMITED_USE;
    }

    private static String hex(int[] points, String between) {
        StringBuilder hex = new StringBuilder();
        for (int point : points) {
            hex.append(hex.isEmpty() ? "" : between)
                    .append(Integer.toHexString(point).toUpperCase(Locale.ROOT));
        }
        return hex.toString();
    }

    private static String header(String title) {
        VersionInfo unicode = UCharacter.getUnicodeVersion();
        return "# %s. Unicode %d.%d, written by NameTables; see Unicode.LICENSE.\n"
                .formatted(title, unicode.getMajor(), unicode.getMinor());
    }
}
