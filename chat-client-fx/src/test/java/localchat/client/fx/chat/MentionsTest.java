package localchat.client.fx.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import localchat.core.model.Availability;
import localchat.core.model.EventBody;
import org.junit.jupiter.api.Test;

final class MentionsTest {
    private static final List<PersonRow> PEOPLE =
            List.of(person(2, "Ana"), person(3, "Ana Beatriz"), person(4, "João"));

    @Test
    void findsANameWhateverItsCase() {
        assertEquals(List.of(2L), Mentions.in("hi @ANA!", PEOPLE));
        assertEquals(List.of(4L), Mentions.in("@joão", PEOPLE));
    }

    @Test
    void takesTheLongestNameThatFits() {
        assertEquals(List.of(3L), Mentions.in("@ana beatriz, please", PEOPLE));
        assertEquals(List.of(2L), Mentions.in("@ana beat it", PEOPLE));
    }

    @Test
    void takesWholeNamesOnly() {
        assertEquals(List.of(), Mentions.in("@Anabel", PEOPLE));
        assertEquals(List.of(), Mentions.in("me@Ana", PEOPLE));
        assertEquals(List.of(), Mentions.in("Ana", PEOPLE));
    }

    @Test
    void namesEveryoneOnceInTheirOrder() {
        assertEquals(List.of(4L, 2L), Mentions.in("@João @Ana @joão @Ana", PEOPLE));
    }

    @Test
    void stopsAtAsManyAsAMessageTakes() {
        int max = EventBody.Message.MENTIONS_MAX;
        List<PersonRow> crowd =
                LongStream.rangeClosed(1, max + 1).mapToObj(id -> person(id, "p" + id)).toList();
        assertEquals(max, Mentions.in(text(max), crowd).size());
        assertEquals(max, Mentions.in(text(max + 1), crowd).size());
    }

    private static String text(int people) {
        return String.join(
                " ", IntStream.rangeClosed(1, people).mapToObj(id -> "@p" + id).toList());
    }

    private static PersonRow person(long id, String name) {
        return new PersonRow(id, name, Availability.ONLINE, false);
    }
}
