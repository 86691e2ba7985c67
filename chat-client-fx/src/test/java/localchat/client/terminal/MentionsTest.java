package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import localchat.client.terminal.Mentions.Found;
import localchat.client.terminal.Mentions.Known;
import localchat.core.model.EventBody;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;

class MentionsTest {
    private static final Known ANA = new Known(1, new UserName("Ana"));
    private static final Known ANA_MARIA = new Known(2, new UserName("Ana Maria"));
    private static final Known BOB = new Known(3, new UserName("bob"));
    private static final List<Known> ALL = List.of(ANA, ANA_MARIA, BOB);

    @Test
    void findsTheLongestNameWhateverItsCase() {
        assertEquals(List.of(2L), Mentions.in("@ana maria, come", ALL));
        assertEquals(List.of(1L), Mentions.in("@ANA marian", ALL));
        assertEquals(List.of(1L, 3L), Mentions.in("hi @Ana and @Bob!", ALL));
        assertEquals(List.of(3L), Mentions.in("@bob", ALL));
    }

    @Test
    void mentionsNobodyInsideAWord() {
        assertEquals(List.of(), Mentions.in("mail@bob", ALL));
        assertEquals(List.of(), Mentions.in("@bobby @ bob", ALL));
        assertEquals(List.of(), Mentions.in("@cy", ALL));
        assertEquals(List.of(3L), Mentions.in("(@bob)", ALL));
    }

    @Test
    void namesEachPersonOnceAndAtMostAsManyAsAMessageMay() {
        assertEquals(List.of(3L), Mentions.in("@bob @bob", ALL));
        int most = EventBody.Message.MENTIONS_MAX;
        for (int count = most - 1; count <= most + 1; count++) {
            List<Known> many = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (long id = 1; id <= count; id++) {
                many.add(new Known(id, new UserName("p" + id)));
                text.append("@p").append(id).append(' ');
            }
            assertEquals(
                    LongStream.rangeClosed(1, Math.min(count, most)).boxed().toList(),
                    Mentions.in(text.toString(), many));
        }
    }

    @Test
    void readsANameAtTheBeginningAndWhatFollowsIt() {
        assertEquals(
                Optional.of(new Found(ANA_MARIA, "hi there")),
                Mentions.first("ana maria hi there", ALL));
        assertEquals(Optional.of(new Found(BOB, "")), Mentions.first("@bob", ALL));
        assertEquals(Optional.empty(), Mentions.first("bobby", ALL));
    }
}
