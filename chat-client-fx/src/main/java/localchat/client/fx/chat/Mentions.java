package localchat.client.fx.chat;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import localchat.core.model.EventBody;
import localchat.core.model.UserName;

/// Finds out whom a text speaks to: `@Name` for each name of a person in the room, the longest that
/// fits, whatever its case.
final class Mentions {
    private Mentions() {}

    /// User ids of those mentioned, each once, in the order in which they are; at most
    /// [EventBody.Message#MENTIONS_MAX].
    static List<Long> in(String text, Collection<PersonRow> people) {
        Set<Long> found = new LinkedHashSet<>();
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            boolean begins = at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at));
            if (begins && found.size() < EventBody.Message.MENTIONS_MAX) {
                longest(text, at + 1, people).ifPresent(person -> found.add(person.userId()));
            }
        }
        return List.copyOf(found);
    }

    private static Optional<PersonRow> longest(
            String text, int from, Collection<PersonRow> people) {
        PersonRow longest = null;
        for (PersonRow person : people) {
            boolean longer = longest == null || person.name().length() > longest.name().length();
            if (longer && isAt(text, from, person.name())) {
                longest = person;
            }
        }
        return Optional.ofNullable(longest);
    }

    private static boolean isAt(String text, int from, String name) {
        int to = from + name.length();
        if (to > text.length()
                || (to < text.length() && Character.isLetterOrDigit(text.codePointAt(to)))) {
            return false;
        }
        String written = text.substring(from, to);
        return written.equalsIgnoreCase(name)
                || (UserName.isShowable(written)
                        && new UserName(written).folded().equals(new UserName(name).folded()));
    }
}
