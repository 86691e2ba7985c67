package localchat.core.model;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Names that nobody may have, because others would believe that the chat itself or those who run
/// it speak, or that everybody is meant.
final class ReservedNames {
    private static final List<String> WORDS =
            List.of(
                    "system",
                    "server",
                    "admin",
                    "administrator",
                    "moderator",
                    "everyone",
                    "here",
                    "all",
                    "sistema",
                    "servidor",
                    "administrador",
                    "administradora",
                    "moderador",
                    "moderadora",
                    "todos",
                    "todas");

    /// Each word by each of its looks.
    private static final Map<String, String> BY_LOOK = new HashMap<>();

    /// Longest of these looks, their first character not counted.
    private static final int LOOK_LENGTH_MAX;

    static {
        int longest = 0;
        for (String word : WORDS) {
            for (String look : NameSkeleton.of(word).looks()) {
                BY_LOOK.putIfAbsent(look, word);
                longest = Math.max(longest, look.length() - 1);
            }
        }
        LOOK_LENGTH_MAX = longest;
    }

    private ReservedNames() {}

    /// The word that a canonical name looks like when everything but letters and digits is taken
    /// from it: `[Admin]` and `ádmin` are `admin`.
    static Optional<String> wordLike(String canonical) {
        String bare = bare(canonical);
        // A look is never shorter than its name without marks.
        if (bare.length() > LOOK_LENGTH_MAX) {
            return Optional.empty();
        }
        for (String look : NameSkeleton.of(bare).looks()) {
            String word = BY_LOOK.get(look);
            if (word != null) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    /// Keeps the bar, which is no letter but looks like one.
    private static String bare(String name) {
        StringBuilder bare = new StringBuilder(name.length());
        String apart = Names.isAscii(name) ? name : Normalizer.normalize(name, Normalizer.Form.NFD);
        for (int i = 0; i < apart.length(); ) {
            int point = apart.codePointAt(i);
            if (Character.isLetterOrDigit(point) || point == '|') {
                bare.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return bare.toString();
    }
}
