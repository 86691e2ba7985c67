package localchat.client.terminal;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/// Carries frames through JLine, which would draw their characters in the terminal's alternate
/// character set or as ASCII. On their way they are noncharacters of Unicode, which nobody writes.
final class BoxDrawing {
    /// What JLine replaces (org.jline.utils.AttributedCharSequence).
    private static final String REPLACED = "┘┐┌└┼─├┤┴┬│";

    private static final char FIRST_NONCHARACTER = '\uFDD0';

    private BoxDrawing() {}

    /// Appends a text with its frames hidden from JLine.
    static void appendHidden(AttributedStringBuilder to, AttributedString text) {
        for (int i = 0; i < text.length(); i++) {
            int place = REPLACED.indexOf(text.charAt(i));
            char c = place < 0 ? text.charAt(i) : (char) (FIRST_NONCHARACTER + place);
            to.style(text.styleAt(i)).append(c);
        }
    }

    /// Brings the frames back into what JLine made of the text.
    static String shown(String ansi) {
        StringBuilder shown = new StringBuilder(ansi);
        for (int i = 0; i < shown.length(); i++) {
            int place = shown.charAt(i) - FIRST_NONCHARACTER;
            if (place >= 0 && place < REPLACED.length()) {
                shown.setCharAt(i, REPLACED.charAt(place));
            }
        }
        return shown.toString();
    }
}
