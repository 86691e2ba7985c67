package localchat.client.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/// Breaks words of this program's own into lines between words. Pure.
final class Wrap {
    /// Fewer columns than this are not filled. Reason: a line of one word each reads no better.
    private static final int COLUMNS_MIN = 20;

    private Wrap() {}

    /// The lines of a text, none wider than so many columns unless one word is.
    static List<String> lines(String text, int columns) {
        int most = Math.max(columns, COLUMNS_MIN);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int width = 0;
        for (String word : text.split(" ", -1)) {
            int wordWidth = width(word);
            if (width > 0 && width + 1 + wordWidth > most) {
                lines.add(line.toString());
                line.setLength(0);
                width = 0;
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            width += (width > 0 ? 1 : 0) + wordWidth;
        }
        lines.add(line.toString());
        return lines;
    }

    private static int width(String word) {
        return word.codePoints().map(point -> Math.max(0, WCWidth.wcwidth(point))).sum();
    }
}
