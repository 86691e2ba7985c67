package localchat.core.model;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// The rules that people's and rooms' names share.
final class Names {
    /// Longest name looked at, in bytes of UTF-8. A longer one is too long whatever its canonical
    /// form would be: finding that form takes time that grows with the square of the length.
    static final int RAW_BYTES_MAX = 512;

    private Names() {}

    /// Follows an emoji to ask that it be shown in colour, which a name's emoji are without asking.
    private static final int EMOJI_SELECTOR = 0xFE0F;

    /// The stored form of a name: NFC, blanks trimmed at both ends and folded to one inside, no
    /// selector after an emoji. One of more than [#RAW_BYTES_MAX] bytes is left as it is: [#fault]
    /// refuses it.
    static String canonical(String raw) {
        if (raw.length() > RAW_BYTES_MAX || utf8Length(raw) > RAW_BYTES_MAX) {
            return raw;
        }
        String stripped =
                isAscii(raw)
                        ? raw.strip()
                        : Normalizer.normalize(withoutEmojiSelectors(raw), Normalizer.Form.NFC)
                                .strip();
        return stripped.contains("  ") ? stripped.replaceAll(" {2,}", " ") : stripped;
    }

    /// After a digit, `#` or `*` it stays, and is refused: there it makes another character.
    private static String withoutEmojiSelectors(String raw) {
        if (raw.indexOf(EMOJI_SELECTOR) < 0) {
            return raw;
        }
        StringBuilder without = new StringBuilder(raw.length());
        int before = 0;
        for (int point : raw.codePoints().toArray()) {
            boolean followsEmoji = before > 0x7F && Character.isEmoji(before);
            if (point != EMOJI_SELECTOR || !followsEmoji) {
                without.appendCodePoint(point);
            }
            before = point;
        }
        return without.toString();
    }

    /// The form two names are compared in: compatibility-normalised and without case. Lower case
    /// comes first because upper case alone keeps the capital sharp s apart from the small one,
    /// which becomes SS.
    static String folded(String canonical) {
        if (isAscii(canonical)) {
            return canonical.toLowerCase(Locale.ROOT);
        }
        String lower =
                Normalizer.normalize(canonical, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String folded = lower.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /// ASCII is in every normal form already, and most names are ASCII.
    static boolean isAscii(String text) {
        return utf8Length(text) == text.length();
    }

    /// What is wrong with a canonical name, in words for a person; empty when nothing is.
    static Optional<String> fault(String what, String canonical, int bytesMax) {
        if (canonical.isEmpty()) {
            return Optional.of(what + " is empty");
        }
        int bytes = utf8Length(canonical);
        if (bytes < 0) {
            return Optional.of(what + " is not valid Unicode");
        }
        if (bytes > bytesMax) {
            return Optional.of(
                    what + " is too long: " + bytes + " bytes of UTF-8, at most " + bytesMax);
        }
        return canonical
                .codePoints()
                .filter(Names::isForbidden)
                .mapToObj(point -> what + " " + characterFault(point))
                .findFirst();
    }

    static String characterFault(int point) {
        return "has a character that names may not have: U+%04X".formatted(point);
    }

    /// Bytes of `text` in UTF-8, or -1 when it holds a lone surrogate and so is no Unicode text.
    static int utf8Length(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        boolean sameLength = encoded.length == text.length();
        // Nearly all is ASCII, which the JDK compares many characters at a time.
        if (sameLength && new String(encoded, StandardCharsets.ISO_8859_1).equals(text)) {
            return encoded.length;
        }
        return countedUtf8Length(text);
    }

    private static int countedUtf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (!Character.isSurrogate(c)) {
                bytes += c < 0x800 ? 1 : 2;
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                // Two chars are four bytes.
                bytes += 2;
                i++;
            } else {
                return -1;
            }
        }
        return bytes;
    }

    private static boolean isForbidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    true;
            case Character.SPACE_SEPARATOR -> point != ' ';
            default -> isInvisible(point);
        };
    }

    /// Letters and marks by category that show nothing: fillers of Hangul and Khmer, variation
    /// selectors, the grapheme joiner, Braille blank (Unicode's Default_Ignorable_Code_Point,
    /// DerivedCoreProperties).
    private static boolean isInvisible(int point) {
        return point == 0x034F
                || point == 0x115F
                || point == 0x1160
                || point == 0x17B4
                || point == 0x17B5
                || point == 0x2800
                || point == 0x3164
                || point == 0xFFA0
                || (point >= 0x180B && point <= 0x180F)
                || (point >= 0xFE00 && point <= 0xFE0F)
                || (point >= 0xE0000 && point <= 0xE0FFF);
    }
}
