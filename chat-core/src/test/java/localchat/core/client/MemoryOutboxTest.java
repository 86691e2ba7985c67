package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryOutboxTest extends OutboxContract {
    @Override
    Outbox outbox() {
        return new MemoryOutbox();
    }

    @Test
    void failsWhatIsForAnotherServer() {
        Outbox outbox = outbox();
        add(outbox, entry(1, "a"));
        outbox.turnAway(NO);
        assertEquals(Optional.of(NO), outbox.find(id(1)).orElseThrow().refusal());
    }
}
