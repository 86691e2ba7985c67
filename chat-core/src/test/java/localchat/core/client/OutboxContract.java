package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import localchat.core.client.Outbox.Entry;
import localchat.core.client.SessionEvent.Refusal;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import org.junit.jupiter.api.Test;

/// What every outbox does.
abstract class OutboxContract {
    static final Refusal NO = new Refusal(ErrorCode.MUTED, "no");

    /// An empty outbox that knows the room 1.
    abstract Outbox outbox();

    static Entry entry(int number, String text) {
        return new Entry(id(number), 1, new EventBody.Message(new MessageText(text), 0, false));
    }

    static MessageId id(int number) {
        return new MessageId(new Id128(1, number));
    }

    static void add(Outbox outbox, Entry entry) {
        assertEquals(Optional.empty(), outbox.add(entry));
    }

    static List<Entry> entries(Outbox outbox) {
        return outbox.kept().stream().map(Outbox.Kept::entry).toList();
    }

    @Test
    void keepsPostsInTheirOrder() {
        Outbox outbox = outbox();
        List<Entry> entries = List.of(entry(3, "c"), entry(1, "a"), entry(2, "b"));
        entries.forEach(entry -> add(outbox, entry));
        assertEquals(entries, entries(outbox));
        outbox.remove(id(1));
        outbox.remove(id(1));
        assertEquals(List.of(entries.get(0), entries.get(2)), entries(outbox));
        assertEquals(entries.get(0), outbox.find(id(3)).orElseThrow().entry());
        assertEquals(Optional.empty(), outbox.find(id(1)));
        assertEquals(Optional.empty(), outbox.commit());
    }

    @Test
    void keepsAFailedPostWhereItStandsUntilItIsTriedAgainOrGivenUp() {
        Outbox outbox = outbox();
        add(outbox, entry(1, "a"));
        add(outbox, entry(2, "b"));
        outbox.fail(id(1), NO);
        outbox.fail(id(7), NO);
        assertEquals(List.of(entry(1, "a"), entry(2, "b")), entries(outbox));
        assertEquals(Optional.of(NO), outbox.find(id(1)).orElseThrow().refusal());
        outbox.retry(id(1));
        outbox.retry(id(7));
        assertEquals(List.of(entry(2, "b"), entry(1, "a")), entries(outbox));
        assertEquals(Optional.empty(), outbox.find(id(1)).orElseThrow().refusal());
        outbox.discard(id(1));
        outbox.discard(id(1));
        assertEquals(List.of(entry(2, "b")), entries(outbox));
    }

    @Test
    void isFullAtItsNumberOfPosts() {
        Outbox outbox = outbox();
        for (int i = 0; i < Outbox.POSTS_MAX; i++) {
            add(outbox, entry(i, "x"));
        }
        assertEquals(ErrorCode.BUSY, outbox.add(entry(-1, "x")).map(Refusal::code).orElseThrow());
        outbox.remove(id(0));
        add(outbox, entry(-1, "x"));
    }

    @Test
    void isFullAtItsNumberOfCharacters() {
        Outbox outbox = outbox();
        String text = "x".repeat(MessageText.BYTES_MAX);
        int fitting = Outbox.CHARACTERS_MAX / text.length();
        for (int i = 0; i < fitting; i++) {
            add(outbox, entry(i, text));
        }
        assertEquals(ErrorCode.BUSY, outbox.add(entry(-1, "x")).map(Refusal::code).orElseThrow());
        outbox.remove(id(new Random(1).nextInt(fitting)));
        add(outbox, entry(-1, "x"));
    }

    @Test
    void hasNothingToSaveAfterACommit() {
        Outbox outbox = outbox();
        add(outbox, entry(1, "a"));
        assertEquals(Optional.empty(), outbox.commit());
        assertFalse(outbox.isUrgent());
        assertFalse(outbox.isUnsaved());
    }
}
