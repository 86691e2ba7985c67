package localchat.client.terminal;

/// Makes text of others safe to print: whatever they wrote stays one line and controls no terminal.
final class Escapes {
    private Escapes() {}

    /// Text for one line of plain output: line feed and carriage return as `\n` and `\r`, other
    /// control characters (C0 but the tab, DEL, C1) as `\xNN`, the separators U+2028 and U+2029 and
    /// lone surrogates as a backslash, `u` and four hexadecimal digits; everything else, the
    /// backslash too, as it is.
    static String plain(String text) {
        if (text.chars().noneMatch(Escapes::isUnsafeInPlain)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                safe.append(c).append(text.charAt(++i));
            } else {
                appendPlain(safe, c);
            }
        }
        return safe.toString();
    }

    private static boolean isUnsafeInPlain(int c) {
        return (Character.isISOControl(c) && c != '\t')
                || isSeparator(c)
                || Character.isSurrogate((char) c);
    }

    private static void appendPlain(StringBuilder safe, char c) {
        if (!isUnsafeInPlain(c)) {
            safe.append(c);
        } else if (c == '\n') {
            safe.append("\\n");
        } else if (c == '\r') {
            safe.append("\\r");
        } else if (c < 0x100) {
            safe.append("\\x").append(hexDigit(c >> 4)).append(hexDigit(c));
        } else {
            appendUnit(safe, c);
        }
    }

    /// A JSON string with its quotes. Control characters (C0, DEL, C1), the separators U+2028 and
    /// U+2029 and lone surrogates stand as a backslash, `u` and four hexadecimal digits, so that a
    /// line of output is one line to every reader and valid UTF-8.
    static void appendJson(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                json.append(c).append(text.charAt(++i));
            } else if (Character.isISOControl(c) || isSeparator(c) || Character.isSurrogate(c)) {
                appendUnit(json, c);
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static boolean isSeparator(int c) {
        return c == 0x2028 || c == 0x2029;
    }

    private static void appendUnit(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(hexDigit(c >> shift));
        }
    }

    private static char hexDigit(int nibble) {
        return Character.forDigit(nibble & 0xF, 16);
    }
}
