package localchat.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import localchat.core.model.Digest32;
import org.junit.jupiter.api.Test;

class InvitesTest {
    private static final long NOW = 1_800_000_000_000L;

    private final FakeAccounts store = new FakeAccounts(Runnable::run);
    private final Invites invites = new Invites(store, store.accounts(), new Random(1));

    @Test
    void admitsUntilItExpires() {
        AccountRecord.Invite invite = create(3, NOW + 10).invite();
        assertTrue(Invites.admits(invite, NOW + 9));
        assertFalse(Invites.admits(invite, NOW + 10));
        assertTrue(Invites.admits(create(3, 0).invite(), Long.MAX_VALUE));
    }

    @Test
    void anInviteForAnyNumberIsNotUsedUp() {
        Invites.Made made = create(0, 0);
        for (int i = 0; i < 10; i++) {
            invites.use(find(made).orElseThrow());
        }
        assertTrue(find(made).isPresent());
    }

    @Test
    void aThousandAreKeptAndOnlyADeadOneGivesWay() {
        Invites.Made first = create(1, 0);
        for (int i = 1; i < Invites.INVITES_MAX; i++) {
            create(1, 0);
        }
        assertEquals(Optional.empty(), invites.create(1, 0, 1, NOW));
        invites.revoke(first.invite().id());
        Invites.Made more = create(1, 0);
        assertTrue(find(more).isPresent());
        assertEquals(Optional.empty(), invites.create(1, 0, 1, NOW));
        assertEquals(Optional.empty(), invites.revoke(first.invite().id()));
        assertEquals(Invites.INVITES_MAX, store.written().invites().size());
        assertEquals(Invites.INVITES_MAX, invites.list().size());
    }

    @Test
    void theOldestDeadOneGivesWayFirst() {
        Invites.Made young = invites.create(1, NOW + 2, 1, NOW + 1).orElseThrow();
        Invites.Made old = invites.create(1, NOW + 2, 1, NOW).orElseThrow();
        for (int i = 2; i < Invites.INVITES_MAX; i++) {
            create(1, 0);
        }
        assertTrue(invites.create(1, 0, 1, NOW + 5).isPresent());
        assertTrue(invites.revoke(old.invite().id()).isEmpty());
        assertTrue(invites.revoke(young.invite().id()).isPresent());
    }

    @Test
    void listsTheNewestFirst() {
        String first = invites.create(1, 0, 7, NOW).orElseThrow().invite().id();
        String last = invites.create(1, 0, 7, NOW + 1).orElseThrow().invite().id();
        assertEquals(last, invites.list().getFirst().id());
        assertEquals(first, invites.list().getLast().id());
        assertEquals(7, invites.list().getFirst().createdBy());
    }

    /// 100 random bits; what is kept is the hash alone.
    @Test
    void theCodeItselfIsNotKept() {
        Invites.Made made = create(1, 0);
        assertTrue(made.code().matches("([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}"));
        assertFalse(store.written().toString().contains(made.code()));
        Digest32 kept = store.written().invites().getFirst().code();
        assertEquals(Codes.hash(made.code()), Optional.of(kept));
    }

    private Invites.Made create(int uses, long expiresMillis) {
        return invites.create(uses, expiresMillis, 1, NOW).orElseThrow();
    }

    private Optional<AccountRecord.Invite> find(Invites.Made made) {
        return invites.find(Codes.hash(made.code()).orElseThrow(), NOW);
    }
}
