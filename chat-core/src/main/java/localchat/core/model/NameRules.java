package localchat.core.model;

import java.text.Normalizer;
import java.util.Optional;

/// What a name must keep to be chosen, beyond what [Names] asks of every name: what it is made of
/// must not mislead those who read it (UTS #39, Highly Restrictive, and the optional checks of its
/// section 5.4).
final class NameRules {
    /// Most marks in a row, as UTS #39 proposes: written languages need no more, and towers of them
    /// cover the lines above and below.
    static final int MARKS_MAX = 4;

    private NameRules() {}

    /// What is wrong with a canonical name in which [Names#fault] finds nothing, in words for a
    /// person; empty when nothing is.
    static Optional<String> fault(String what, String canonical) {
        if (Names.isAscii(canonical)) {
            return Optional.empty();
        }
        return characterFault(canonical)
                .or(() -> markFault(canonical))
                .or(() -> scriptFault(canonical))
                .or(() -> digitFault(canonical))
                .map(fault -> what + " " + fault);
    }

    private static Optional<String> characterFault(String name) {
        return name.codePoints()
                .filter(point -> NameCharacters.scriptsOf(point) == NameCharacters.NO_SCRIPT)
                .mapToObj(Names::characterFault)
                .findFirst();
    }

    /// Marks are counted apart from their letters, so that it does not matter whether Unicode has a
    /// letter with such a mark. Marks that take a place of their own (Mc) pile up nothing.
    private static Optional<String> markFault(String name) {
        int row = 0;
        int before = ' ';
        for (int point : Normalizer.normalize(name, Normalizer.Form.NFD).codePoints().toArray()) {
            if (isMark(point) && !isMark(before) && !Character.isLetterOrDigit(before)) {
                return Optional.of("has a mark that stands on no letter: " + number(point));
            }
            row = isMark(point) && !isSpacing(point) ? row + 1 : 0;
            if (row > 0 && point == before) {
                return Optional.of("has the same mark twice on a letter: " + number(point));
            }
            if (row > MARKS_MAX) {
                return Optional.of("has more than " + MARKS_MAX + " marks on a letter");
            }
            before = point;
        }
        return Optional.empty();
    }

    private static Optional<String> scriptFault(String name) {
        long all = NameCharacters.ANY_SCRIPT;
        long notLatin = NameCharacters.ANY_SCRIPT;
        for (int point : name.codePoints().toArray()) {
            long scripts = NameCharacters.scriptsOf(point);
            all &= scripts;
            if (!NameCharacters.isLatin(scripts)) {
                notLatin &= scripts;
            }
        }
        return NameCharacters.isHighlyRestrictive(all, notLatin)
                ? Optional.empty()
                : Optional.of("mixes scripts, such as Latin and Cyrillic: write it in one");
    }

    private static Optional<String> digitFault(String name) {
        long systems =
                name.codePoints()
                        .filter(Character::isDigit)
                        .map(digit -> digit - Character.digit(digit, 10))
                        .distinct()
                        .count();
        return systems > 1 ? Optional.of("mixes digits of different scripts") : Optional.empty();
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isSpacing(int mark) {
        return Character.getType(mark) == Character.COMBINING_SPACING_MARK;
    }

    private static String number(int point) {
        return "U+%04X".formatted(point);
    }
}
