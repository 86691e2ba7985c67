package localchat.core.model;

import java.text.Normalizer;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// How a name looks, for telling whether somebody could take it for another.
///
/// Two names look alike when they have a look in common. A name has up to four looks:
///
/// - `=` and the shape of the name as it is written. `Ian` is `=lan`, as is `lan`.
/// - `~` and the shapes of the name as it is written, in small letters ([UserName#folded]) and in
///   capitals, with a capital I that begins a word read as `i`. Nobody reads `Iara` as an L, so
///   that `Iara` and `Lara` are two people; but `emiIy` has the look `~ernily` of `Emily`.
///
/// The shape of a text: take NFD; put for each character what stands for all that look like it
/// ([Confusables]); put small letters for capitals except for L, whose capital has not the shape of
/// its small letter. All that once more, because `M` is an `m` and so an `rn`. At last leave out a
/// dot (U+0307) on an `i` or `j`, which have one.
///
/// Looks depend on the version of Unicode's data and may be others in the next version of this
/// program: make them anew when names are loaded, and never store or send them.
///
/// @param looks one at least; a server that keeps names apart needs a place for each of them
public record NameSkeleton(Set<String> looks) {
    private static final int DOT_ABOVE = 0x0307;

    public NameSkeleton {
        looks = Set.copyOf(looks);
    }

    static NameSkeleton of(String name) {
        String capitals = name.toUpperCase(Locale.ROOT);
        String asWritten = shape(name);
        String read = withFirstIRead(name);
        Set<String> looks = new HashSet<>();
        looks.add("=" + asWritten);
        looks.add("~" + (read.equals(name) ? asWritten : shape(read)));
        looks.add("~" + shape(Names.folded(name)));
        looks.add("~" + shape(withFirstIRead(capitals)));
        return new NameSkeleton(looks);
    }

    /// Whether people could take one of these names for the other. The same names always look
    /// alike.
    public boolean looksLike(NameSkeleton other) {
        return !Collections.disjoint(looks, other.looks);
    }

    private static String shape(String text) {
        return withoutSecondDot(likes(likes(text)));
    }

    private static String likes(String text) {
        String apart = decomposed(text);
        StringBuilder likes = new StringBuilder(apart.length() + 8);
        for (int i = 0; i < apart.length(); ) {
            int point = apart.codePointAt(i);
            appendSmall(Confusables.like(point), likes);
            i += Character.charCount(point);
        }
        return decomposed(likes.toString());
    }

    private static void appendSmall(String text, StringBuilder to) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            to.appendCodePoint(point == 'L' ? point : Character.toLowerCase(point));
            i += Character.charCount(point);
        }
    }

    private static String withoutSecondDot(String text) {
        if (text.indexOf(DOT_ABOVE) < 0) {
            return text;
        }
        StringBuilder shape = new StringBuilder(text.length());
        int before = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != DOT_ABOVE || (before != 'i' && before != 'j')) {
                shape.append(c);
            }
            before = c;
        }
        return shape.toString();
    }

    private static String withFirstIRead(String text) {
        if (text.indexOf('I') < 0) {
            return text;
        }
        StringBuilder read = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            boolean beginsWord = i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1));
            if (text.charAt(i) == 'I' && beginsWord) {
                read.setCharAt(i, 'i');
            }
        }
        return read.toString();
    }

    private static String decomposed(String text) {
        return Names.isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFD);
    }
}
