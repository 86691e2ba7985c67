package localchat.client.terminal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import localchat.core.model.EventBody;
import localchat.core.model.UserName;

/// Finds people in what is typed: `@Name` in a text, and names at the beginning of an argument.
/// Names may have spaces in them, so it is the longest that fits. Pure.
final class Mentions {
    private Mentions() {}

    /// Somebody whose id is known.
    record Known(long userId, UserName name) {}

    /// Somebody found at the beginning of a text.
    ///
    /// @param rest what follows the name
    record Found(Known person, String rest) {}

    /// The ids of those whom a text names with an `@` that begins a word, each once, in the order
    /// of the text; at most as many as one message may mention.
    static List<Long> in(String text, Collection<Known> people) {
        List<Known> longestFirst = longestFirst(people);
        Set<Long> ids = new LinkedHashSet<>();
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at))) {
                nameAt(text, at + 1, longestFirst).ifPresent(known -> ids.add(known.userId()));
            }
        }
        return ids.stream().limit(EventBody.Message.MENTIONS_MAX).toList();
    }

    /// Who stands at the beginning of a text, with or without an `@`.
    static Optional<Found> first(String text, Collection<Known> people) {
        int from = text.startsWith("@") ? 1 : 0;
        return nameAt(text, from, longestFirst(people))
                .map(known ->
                        new Found(
                                known,
                                text.substring(from + known.name().value().length()).strip()));
    }

    private static List<Known> longestFirst(Collection<Known> people) {
        List<Known> sorted = new ArrayList<>(people);
        sorted.sort(
                Comparator.comparingInt((Known known) -> known.name().value().length()).reversed());
        return sorted;
    }

    private static Optional<Known> nameAt(String text, int at, List<Known> longestFirst) {
        return longestFirst.stream()
                .filter(known -> isNameAt(text, at, known.name().value()))
                .findFirst();
    }

    private static boolean isNameAt(String text, int at, String name) {
        int end = at + name.length();
        return text.regionMatches(true, at, name, 0, name.length())
                && (end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end)));
    }
}
