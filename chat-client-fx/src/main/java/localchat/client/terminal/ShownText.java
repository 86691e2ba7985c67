package localchat.client.terminal;

import java.util.ArrayList;
import java.util.List;

/// Text of others as a terminal may show it: it moves no cursor, changes no colour, imitates no
/// line of this program and turns the direction of nothing but itself.
final class ShownText {
    /// Most lines of one message that are shown; the rest is counted. Reason: 4,096 line feeds
    /// would sweep the screen clean.
    static final int LINES_MAX = 40;

    private static final String TAB = "    ";
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';

    private ShownText() {}

    /// The lines of a text, each safe; at least one.
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (endsLine(text.charAt(i))) {
                boolean isPair = text.startsWith("\r\n", i);
                lines.add(text.substring(from, i));
                i += isPair ? 1 : 0;
                from = i + 1;
            }
        }
        lines.add(text.substring(from));
        List<String> shown = new ArrayList<>();
        lines.stream().limit(LINES_MAX).map(ShownText::line).forEach(shown::add);
        if (lines.size() > LINES_MAX) {
            shown.add("… +" + (lines.size() - LINES_MAX));
        }
        return shown;
    }

    private static boolean endsLine(char c) {
        return switch (c) {
            case '\n', '\r', '\f', '\u000B', '\u0085', '\u2028', '\u2029' -> true;
            default -> false;
        };
    }

    /// A text on one line: a name, or words of the server.
    static String line(String text) {
        return isolated(Escapes.plain(text.replace("\t", TAB)));
    }

    /// Puts what may turn the direction of writing between marks that keep it inside.
    private static String isolated(String text) {
        if (text.codePoints().noneMatch(ShownText::turnsDirection)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length() + 8).append(FIRST_STRONG_ISOLATE);
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == POP_ISOLATE && depth == 0) {
                continue;
            }
            depth += c >= '\u2066' && c <= FIRST_STRONG_ISOLATE ? 1 : 0;
            depth -= c == POP_ISOLATE ? 1 : 0;
            kept.append(c);
        }
        return kept.repeat(POP_ISOLATE, depth + 1).toString();
    }

    private static boolean turnsDirection(int point) {
        return switch (Character.getDirectionality(point)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                    Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
                    true;
            default -> false;
        };
    }
}
