package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import org.junit.jupiter.api.Test;

class MemoryOutboxTest {
    private final MemoryOutbox outbox = new MemoryOutbox();

    private static Outbox.Entry entry(int number, String text) {
        return new Outbox.Entry(
                new MessageId(new Id128(1, number)),
                1,
                new EventBody.Message(new MessageText(text), 0, false));
    }

    @Test
    void keepsPostsInTheirOrder() {
        List<Outbox.Entry> entries = List.of(entry(3, "c"), entry(1, "a"), entry(2, "b"));
        entries.forEach(outbox::add);
        assertEquals(entries, outbox.entries());
        outbox.remove(entries.get(1).id());
        outbox.remove(entries.get(1).id());
        assertEquals(List.of(entries.get(0), entries.get(2)), outbox.entries());
        assertEquals(Optional.of(entries.get(0)), outbox.find(entries.get(0).id()));
        assertEquals(Optional.empty(), outbox.find(entries.get(1).id()));
    }

    @Test
    void isFullAtItsNumberOfPosts() {
        for (int i = 0; i < MemoryOutbox.POSTS_MAX; i++) {
            assertTrue(outbox.add(entry(i, "x")));
        }
        assertFalse(outbox.add(entry(-1, "x")));
        outbox.remove(entry(0, "x").id());
        assertTrue(outbox.add(entry(-1, "x")));
    }

    @Test
    void isFullAtItsNumberOfCharacters() {
        String text = "x".repeat(MessageText.BYTES_MAX);
        int fitting = MemoryOutbox.CHARACTERS_MAX / text.length();
        for (int i = 0; i < fitting; i++) {
            assertTrue(outbox.add(entry(i, text)));
        }
        assertFalse(outbox.add(entry(-1, "x")));
        outbox.remove(entry(new Random(1).nextInt(fitting), text).id());
        assertTrue(outbox.add(entry(-1, "x")));
    }
}
