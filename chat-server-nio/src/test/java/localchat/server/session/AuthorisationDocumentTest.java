package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.server.session.AuthorisationTableTest.Who;
import org.junit.jupiter.api.Test;

/// "Who may what" in PROTOCOL.md, section 14, is held to the table of [AuthorisationTableTest], and
/// so to the server.
class AuthorisationDocumentTest {
    private static final Pattern QUOTED = Pattern.compile("`([a-z_]+)`");

    /// The columns of the document, behind what is needed and the requests.
    private static final List<Who> COLUMNS =
            List.of(
                    Who.ANONYMOUS,
                    Who.MEMBER,
                    Who.STRANGER,
                    Who.MUTED,
                    Who.KICKED,
                    Who.MODERATOR,
                    Who.ADMIN);

    /// Kinds that the document has elsewhere, or that the server does not offer.
    private static final EnumSet<KindCase> ELSEWHERE =
            EnumSet.of(KindCase.HELLO, KindCase.LOGIN, KindCase.SEARCH, KindCase.KIND_NOT_SET);

    @Test
    void theDocumentSaysTheSame() throws IOException {
        EnumSet<KindCase> documented = EnumSet.copyOf(ELSEWHERE);
        for (List<String> columns : rows()) {
            for (String request : requests(columns.get(1), columns.get(2))) {
                documented.add(KindCase.valueOf(request.split(" ", -1)[0]));
                Map<Who, String> row = AuthorisationTableTest.CELLS.getOrDefault(request, Map.of());
                for (int i = 0; i < COLUMNS.size(); i++) {
                    Who who = COLUMNS.get(i);
                    String said = columns.get(i + 3);
                    assertSame(said, request, who, row.getOrDefault(who, "not in the table"));
                    if (said.endsWith("owner \u2713")) {
                        assertSame("\u2713", request, who, row.getOrDefault(Who.OWNER, "?"));
                    }
                }
            }
        }
        assertEquals(EnumSet.allOf(KindCase.class), documented);
    }

    private static void assertSame(String said, String request, Who who, String word) {
        String what = request + " by " + who + ": the document says " + said + ", not " + word;
        Matcher error = QUOTED.matcher(said.toLowerCase(Locale.ROOT));
        boolean notHere = said.contains("join_room") && request.equals("JOIN_ROOM");
        if (said.equals("closed")) {
            assertEquals("WRONG_STATE!", word, what);
        } else if (said.equals("passed over")) {
            assertEquals(Reaction.NOTHING, word, what);
        } else if (said.endsWith("(public)") || notHere) {
            // The room of the table is a private one; whoever was sent out does not join again.
            assertEquals("FORBIDDEN?", word, what);
        } else if (said.startsWith("\u2713") || said.startsWith("after")) {
            assertFalse(word.matches(".*[?!]|not in the table"), what);
        } else {
            assertEquals(true, error.lookingAt(), what);
            assertEquals(error.group(1).toUpperCase(Locale.ROOT) + "?", word, what);
        }
    }

    private static List<List<String>> rows() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "chat-core", "PROTOCOL.md"));
        int from = -1;
        for (int i = 0; i < lines.size(); i++) {
            from = lines.get(i).startsWith("**Who may what.**") ? i : from;
        }
        return lines.stream()
                .skip(from + 1L)
                .dropWhile(line -> !line.startsWith("| ---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
    }

    /// The rows of the table that a row of the document is about.
    private static List<String> requests(String need, String words) {
        List<String> requests = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(words.replace("with `room_id`", ""));
        while (quoted.find()) {
            String kind = quoted.group(1).toUpperCase(Locale.ROOT);
            boolean ofOthers = words.startsWith(" of others", quoted.end());
            boolean inRoom = need.equals("to be in the room") && kind.equals("LIST_PEOPLE");
            requests.add(
                    kind
                            + (ofOthers ? " others" : "")
                            + (inRoom ? " room" : "")
                            + (words.endsWith("without") ? " server" : ""));
        }
        if (words.contains("codes")) {
            requests.add("CREATE_DEVICE_CODE");
            requests.add("CREATE_RECOVERY_CODE");
        }
        return requests;
    }
}
