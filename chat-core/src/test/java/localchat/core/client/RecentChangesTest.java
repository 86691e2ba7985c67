package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;

class RecentChangesTest {
    private final RecentChanges changes = new RecentChanges(10);
    private final ChatMessage message = ChatMessage.of(event(3, say("hello")));

    private static EventBody say(String text) {
        return new EventBody.Message(new MessageText(text), 0, false);
    }

    private static EventBody edit(String text) {
        return new EventBody.Edit(3, new MessageText(text));
    }

    private static RoomEvent event(long seq, EventBody body) {
        MessageId id = MessageId.random(new Random(seq));
        return new RoomEvent(1, seq, seq, 7, new UserName("Ana"), id, body);
    }

    private Optional<String> folded(long asOf) {
        return changes.fold(message, asOf)
                .map(now -> ((EventBody.Message) now.body()).text().value());
    }

    @Test
    void foldsInWhatCameAfterThePageWasMade() {
        changes.onEvent(event(11, edit("one")));
        changes.onEvent(event(12, say("other")));
        changes.onEvent(event(13, edit("two")));
        assertEquals(Optional.of("two"), folded(10));
        assertEquals(Optional.of("two"), folded(12));
        assertEquals(Optional.of("hello"), folded(13));
    }

    @Test
    void saysThatItDoesNotKnow() {
        assertEquals(Optional.empty(), folded(9));
        changes.restartAt(20);
        assertEquals(Optional.empty(), folded(19));
        assertEquals(Optional.of("hello"), folded(20));
    }

    @Test
    void remembersOnlySoMany() {
        for (int i = 1; i <= RecentChanges.CHANGES_MAX; i++) {
            changes.onEvent(event(10 + i, edit("e" + i)));
        }
        assertEquals(Optional.of("e" + RecentChanges.CHANGES_MAX), folded(10));
        changes.onEvent(event(1_000, edit("last")));
        assertEquals(Optional.empty(), folded(10));
        assertEquals(Optional.of("last"), folded(11));
    }
}
