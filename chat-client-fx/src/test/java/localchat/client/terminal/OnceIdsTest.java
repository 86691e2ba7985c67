package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import localchat.core.model.MessageId;
import org.junit.jupiter.api.Test;

class OnceIdsTest {
    @Test
    void makesTheIdsThatTheDefinitionSays() {
        // By another implementation of SHA-256, from the definition in OnceIds.
        assertEquals(
                "b82cfb204eecffafbba870748491055d", new OnceIds("build-17").ofLine(1).toString());
        assertEquals(
                "4c9abde03ccfc397fe77017906a2bde7", new OnceIds("build-17").ofLine(2).toString());
        assertEquals(
                "2bd0a0e4c2cdc4c73d4b68e1d5d534af", new OnceIds("chave é").ofLine(1).toString());
    }

    @Test
    void givesEachLineAnIdOfItsOwn() {
        OnceIds ids = new OnceIds("k");
        Set<MessageId> seen = new HashSet<>();
        for (long n = 1; n <= 10_000; n++) {
            seen.add(ids.ofLine(n));
        }
        assertEquals(10_000, seen.size());
    }

    @Test
    void separatesKeysThatOnlyTogetherWithTheNumberLookAlike() {
        assertNotEquals(new OnceIds("k1").ofLine(1), new OnceIds("k").ofLine(11));
    }
}
