package localchat.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestraintsTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long ANA = 1;
    private static final long ROOM = 5;

    private final FakeAccounts store = new FakeAccounts(Runnable::run);
    private final Restraints restraints = new Restraints(store, store.accounts());

    @Test
    void aMuteHoldsInItsRoomUntilItsEnd() {
        restraints.mute(ANA, ROOM, NOW + 10);
        assertEquals(Optional.of(NOW + 10), restraints.mutedUntil(ANA, ROOM, NOW + 9));
        assertEquals(Optional.empty(), restraints.mutedUntil(ANA, ROOM + 1, NOW));
        assertEquals(Optional.empty(), restraints.mutedUntil(ANA + 1, ROOM, NOW));
        assertEquals(Optional.empty(), restraints.mutedUntil(ANA, ROOM, NOW + 10));
        assertEquals(List.of(), store.written().mutes());
    }

    @Test
    void aMuteOnTheServerHoldsEverywhereAndTheLongerOneCounts() {
        restraints.mute(ANA, 0, NOW + 10);
        restraints.mute(ANA, ROOM, NOW + 20);
        assertEquals(Optional.of(NOW + 20), restraints.mutedUntil(ANA, ROOM, NOW));
        assertEquals(Optional.of(NOW + 10), restraints.mutedUntil(ANA, ROOM + 1, NOW));
        restraints.mute(ANA, 0, NOW + 30);
        assertEquals(Optional.of(NOW + 30), restraints.mutedUntil(ANA, ROOM, NOW));
        assertTrue(restraints.unmute(ANA, 0));
        assertFalse(restraints.unmute(ANA, 0));
        assertEquals(Optional.of(NOW + 20), restraints.mutedUntil(ANA, ROOM, NOW));
        assertEquals(List.of(new AccountRecord.Mute(ANA, ROOM, NOW + 20)), store.written().mutes());
    }

    @Test
    void aBanHoldsUntilItsEndOrForEver() {
        restraints.ban(new AccountRecord.Ban(ANA, NOW + 10, "noise", 9));
        assertTrue(restraints.ban(ANA, NOW + 9).isPresent());
        assertTrue(restraints.ban(ANA, NOW + 10).isEmpty());
        assertTrue(restraints.ban(ANA + 1, NOW).isEmpty());
        restraints.ban(new AccountRecord.Ban(ANA, 0, "noise", 9));
        assertTrue(restraints.ban(ANA, Long.MAX_VALUE).isPresent());
        assertEquals(1, store.written().bans().size());
    }

    @Test
    void aKickLastsAMinuteAndNoLongerWhenTheClockIsSetBack() {
        restraints.kick(ANA, ROOM, NOW);
        assertEquals(Restraints.KICK_MILLIS, restraints.kickedMillis(ANA, ROOM, NOW));
        assertEquals(Restraints.KICK_MILLIS, restraints.kickedMillis(ANA, ROOM, NOW - 86_400_000));
        assertEquals(1, restraints.kickedMillis(ANA, ROOM, NOW + Restraints.KICK_MILLIS - 1));
        assertEquals(0, restraints.kickedMillis(ANA, ROOM, NOW + Restraints.KICK_MILLIS));
        assertEquals(0, restraints.kickedMillis(ANA, 0, NOW));
    }

    @Test
    void theOldestKickGivesWay() {
        restraints.kick(ANA, ROOM, NOW);
        for (int i = 1; i < Restraints.REMEMBERED_MAX; i++) {
            restraints.kick(ANA + i, ROOM, NOW);
        }
        assertTrue(restraints.kickedMillis(ANA, ROOM, NOW) > 0);
        restraints.kick(ANA + Restraints.REMEMBERED_MAX, ROOM, NOW);
        assertEquals(0, restraints.kickedMillis(ANA, ROOM, NOW));
        assertTrue(restraints.kickedMillis(ANA + 1, ROOM, NOW) > 0);
    }

    @Test
    void anAddressCoolsForFourHoursAndLoopbackNever() {
        restraints.cool(Doorway.HERE, NOW);
        restraints.cool(Doorway.LOOPBACK, NOW);
        assertEquals(Restraints.COOLING_MILLIS, restraints.coolingMillis(Doorway.HERE, NOW));
        assertEquals(0, restraints.coolingMillis(Doorway.HERE, NOW + Restraints.COOLING_MILLIS));
        assertEquals(0, restraints.coolingMillis(Doorway.THERE, NOW));
        assertEquals(0, restraints.coolingMillis(Doorway.LOOPBACK, NOW));
    }

    @Test
    void oneBlocksAThousandPeopleAndNoMore() {
        for (int i = 1; i <= Restraints.BLOCKED_MAX; i++) {
            assertTrue(restraints.block(ANA, ANA + i));
        }
        long more = ANA + Restraints.BLOCKED_MAX + 1;
        assertFalse(restraints.block(ANA, more));
        assertTrue(restraints.block(ANA, ANA + 1));
        restraints.unblock(ANA, ANA + 1);
        assertTrue(restraints.block(ANA, more));
        assertFalse(restraints.isBlocked(ANA, ANA + 1));
        assertFalse(restraints.isBlocked(more, ANA));
        assertEquals(Restraints.BLOCKED_MAX, store.written().blocks().size());
        restraints.unblock(more, ANA);
        assertEquals(Set.of(), restraints.blockedBy(more));
    }
}
