package localchat.client.terminal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import localchat.core.model.Role;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes commands, rooms and people. Runs on the thread of the line editor.
final class LineCompleter implements Completer {
    private volatile Completions completions = Completions.NONE;

    /// What there is, from now on. Safe from any thread.
    void use(Completions now) {
        completions = now;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        Completions known = completions;
        String first = line.words().getFirst();
        if (line.wordIndex() == 0 && first.startsWith("/")) {
            Command.ENTRIES.stream()
                    .map(Command.Entry::name)
                    .filter(name -> !name.equals("//"))
                    .forEach(name -> add(candidates, name, " "));
        } else if (line.word().startsWith("@") && !first.equals("/leave")) {
            known.people().forEach(name -> add(candidates, "@" + name, " "));
        } else if (line.wordIndex() > 0 && first.equals("/join")) {
            known.rooms().forEach(room -> add(candidates, room, ""));
        } else if (line.wordIndex() > 1 && first.equals("/role")) {
            Arrays.stream(Role.values())
                    .map(role -> role.name().toLowerCase(Locale.ROOT))
                    .forEach(role -> add(candidates, role, ""));
        } else if (line.wordIndex() > 0 && first.equals("/leave")) {
            known.joined().forEach(room -> add(candidates, room, ""));
        } else {
            String after = line.wordIndex() == 0 ? ": " : " ";
            known.people().forEach(name -> add(candidates, name, after));
        }
    }

    private static void add(List<Candidate> candidates, String value, String after) {
        candidates.add(new Candidate(value + after, value, null, null, null, null, false));
    }
}
