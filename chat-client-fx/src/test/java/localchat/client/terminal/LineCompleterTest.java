package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

class LineCompleterTest {
    private final LineCompleter completer = new LineCompleter();

    LineCompleterTest() {
        completer.use(
                new Completions(
                        List.of("general", "oficina"),
                        List.of("general"),
                        List.of("Ana Maria", "bob")));
    }

    @Test
    void offersCommandsWhereALineBeginsWithASlash() throws IOException {
        List<String> all =
                Command.ENTRIES.stream()
                        .map(Command.Entry::name)
                        .filter(name -> !name.equals("//"))
                        .map(name -> name + " ")
                        .toList();
        assertEquals(all, offers("/"));
    }

    @Test
    void offersPeopleWithTheirMarkWhereSomebodyIsMentioned() throws IOException {
        assertEquals(List.of("@Ana Maria ", "@bob "), offers("hello @A"));
        assertEquals(List.of("@Ana Maria ", "@bob "), offers("/reply @A"));
        assertEquals(List.of("@Ana Maria ", "@bob "), offers("/join @b"));
    }

    @Test
    void offersPeopleWhereAPersonIsAskedFor() throws IOException {
        for (String command : List.of("/dm ", "/invite ", "/remove ")) {
            assertEquals(List.of("Ana Maria ", "bob "), offers(command));
        }
    }

    @Test
    void offersRoomsWhereARoomIsAskedFor() throws IOException {
        assertEquals(List.of("general", "oficina"), offers("/join o"));
        assertEquals(List.of("general"), offers("/leave "));
    }

    @Test
    void offersPeopleEverywhereElse() throws IOException {
        assertEquals(List.of("Ana Maria: ", "bob: "), offers("An"));
        assertEquals(List.of("Ana Maria ", "bob "), offers("hello An"));
        assertEquals(List.of("Ana Maria ", "bob "), offers("/me hugs "));
    }

    private List<String> offers(String line) throws IOException {
        try (Terminal terminal =
                new DumbTerminal(
                        new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream())) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            List<Candidate> candidates = new ArrayList<>();
            completer.complete(
                    reader,
                    new DefaultParser().parse(line, line.length(), ParseContext.COMPLETE),
                    candidates);
            return candidates.stream().map(Candidate::value).toList();
        }
    }
}
