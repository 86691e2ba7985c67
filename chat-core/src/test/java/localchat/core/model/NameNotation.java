package localchat.core.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How tables of names write the characters that a reader could not see or not tell apart:
/// `<200B>`.
final class NameNotation {
    private static final Pattern NUMBER = Pattern.compile("<([0-9A-F]+)>");

    private NameNotation() {}

    static String decoded(String written) {
        return NUMBER.matcher(written)
                .replaceAll(number ->
                        Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(number.group(1), 16))));
    }
}
