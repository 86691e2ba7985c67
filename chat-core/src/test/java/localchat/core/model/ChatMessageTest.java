package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What later events make of a message.
class ChatMessageTest {
    private static final UserName ANA = new UserName("Ana");
    private static final Emoji PLUS = new Emoji("+1");
    private static final Emoji MINUS = new Emoji("-1");

    private final Random random = new Random(5);
    private final ChatMessage hello =
            ChatMessage.of(
                    event(
                            4,
                            7,
                            new EventBody.Message(new MessageText("hello"), 2, true, List.of(8L))));

    private RoomEvent event(long seq, long senderId, EventBody body) {
        return new RoomEvent(1, seq, 1_000 + seq, senderId, ANA, MessageId.random(random), body);
    }

    private static EventBody edit(long target, String text) {
        return new EventBody.Edit(target, new MessageText(text));
    }

    private static EventBody react(Emoji emoji, boolean remove) {
        return new EventBody.Reaction(4, emoji, remove);
    }

    private ChatMessage after(ChatMessage message, long senderId, EventBody... bodies) {
        ChatMessage now = message;
        long seq = 10;
        for (EventBody body : bodies) {
            RoomEvent event = event(seq, senderId, body);
            now = now.after(event);
            assertEquals(now, now.after(event), "twice is as once");
            seq++;
        }
        return now;
    }

    @Test
    void takesTheTextOfAnEditAndKeepsTheRest() {
        ChatMessage edited = after(hello, 7, edit(4, "bye"));

        assertEquals(
                new EventBody.Message(new MessageText("bye"), 2, true, List.of(8L)), edited.body());
        assertEquals(1_010, edited.editedMillis());
        assertEquals(hello.timeMillis(), edited.timeMillis());
    }

    static List<EventBody> whatConcernsAnother() {
        return List.of(
                edit(5, "bye"),
                new EventBody.Delete(5),
                new EventBody.Reaction(5, PLUS, false),
                new EventBody.Pin(5, false),
                new EventBody.Topic(RoomTopic.NONE),
                new EventBody.Message(new MessageText("next"), 4, false),
                new EventBody.Unknown());
    }

    @ParameterizedTest
    @MethodSource("whatConcernsAnother")
    void staysItselfAfterWhatDoesNotConcernIt(EventBody body) {
        assertSame(hello, hello.after(event(10, 7, body)));
    }

    @Test
    void becomesATombstoneThatNothingChangesAnyMore() {
        ChatMessage full =
                after(hello, 7, edit(4, "bye"), react(PLUS, false), new EventBody.Pin(4, false));
        ChatMessage gone = after(full, 9, new EventBody.Delete(4));

        assertTrue(gone.isGone());
        assertEquals(new EventBody.Tombstone(TombstoneCause.DELETED, 9), gone.body());
        assertEquals(List.of(), gone.reactions());
        assertEquals(0, gone.editedMillis());
        assertFalse(gone.pinned());
        assertEquals(
                gone,
                after(
                        gone,
                        7,
                        edit(4, "back"),
                        react(PLUS, false),
                        new EventBody.Pin(4, false),
                        new EventBody.Delete(4)));
    }

    @Test
    void isPinnedAndTakenOff() {
        ChatMessage pinned = after(hello, 7, new EventBody.Pin(4, false));

        assertTrue(pinned.pinned());
        assertEquals(hello, after(pinned, 7, new EventBody.Pin(4, true)));
    }

    @Test
    void countsEveryPersonOnceAnEmojiInTheOrderOfTheFirst() {
        ChatMessage liked = after(hello, 7, react(MINUS, false), react(PLUS, false));
        liked = after(liked, 8, react(MINUS, false), react(MINUS, false));

        assertEquals(
                List.of(
                        new ReactionTally(MINUS, List.of(7L, 8L), 2),
                        new ReactionTally(PLUS, List.of(7L), 1)),
                liked.reactions());
    }

    @Test
    void forgetsAReactionThatEverybodyTookBack() {
        ChatMessage liked = after(hello, 7, react(PLUS, false));

        assertEquals(List.of(), after(liked, 7, react(PLUS, true)).reactions());
        assertEquals(liked, after(liked, 8, react(PLUS, true)));
        assertEquals(hello, after(hello, 8, react(PLUS, true)));
    }

    @Test
    void countsDownForOneWhoIsNotNamedWhenSomeAreLeftOut() {
        ChatMessage cut =
                new ChatMessage(
                        1,
                        4,
                        0,
                        7,
                        ANA,
                        hello.id(),
                        hello.body(),
                        0,
                        List.of(new ReactionTally(PLUS, List.of(1L), 3)),
                        false);

        assertEquals(
                List.of(new ReactionTally(PLUS, List.of(1L), 2)),
                cut.after(event(10, 55, react(PLUS, true))).reactions());
    }

    @Test
    void doesNotChangeTheTextOfWhatHasNone() {
        ChatMessage unknown = ChatMessage.of(event(4, 7, new EventBody.Unknown()));

        assertSame(unknown, unknown.after(event(10, 7, edit(4, "text"))));
    }

    @Test
    void hasNoBodyThatIsNoMessage() {
        RoomEvent topic = event(4, 7, new EventBody.Topic(RoomTopic.NONE));

        assertFalse(ChatMessage.isMessage(topic));
        assertThrows(IllegalArgumentException.class, () -> ChatMessage.of(topic));
        assertTrue(
                ChatMessage.isMessage(
                        event(4, 7, new EventBody.Tombstone(TombstoneCause.DELETED, 9))));
    }
}
