package localchat.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;

/// Names and what becomes of them.
class AccountsTest {
    private final Doorway door = new Doorway(false);

    @Test
    void keepsTheNamesBeforeAndGivesBackTheOldestPastEight() {
        door.arrive("Ana", 1);
        for (int i = 2; i <= Accounts.NAMES_MAX; i++) {
            rename(1, "Ana " + i);
        }
        assertEquals("NAME_TAKEN", door.arrive("Ana", 2));
        rename(1, "Berta");
        assertEquals("Ana#2", door.arrive("Ana", 2));
        assertEquals("NAME_TAKEN", door.arrive("Ana 2", 3));
        assertEquals(Accounts.NAMES_MAX, namesOf(door, 1));
        assertEquals(Accounts.NAMES_MAX, namesOf(door.restarted(), 1));
    }

    @Test
    void aNameThatIsTakenUpAgainIsTheNewest() {
        door.arrive("Ana", 1);
        rename(1, "Ana 2");
        rename(1, "Ana");
        for (int i = 3; i <= Accounts.NAMES_MAX; i++) {
            rename(1, "Ana " + i);
        }
        rename(1, "Berta");
        assertEquals("NAME_TAKEN", door.arrive("Ana", 2));
        assertEquals("Ana 2#2", door.arrive("Ana 2", 2));
    }

    @Test
    void nobodyTakesTheNameOfSomebodyElse() {
        door.arrive("Ana", 1);
        door.arrive("Tom", 2);
        for (String name : List.of("Tom", "TOM", "Torn")) {
            assertThrows(IllegalStateException.class, () -> rename(1, name));
        }
        assertEquals("Ana", door.account(1).name().value());
        rename(1, "ANA");
        assertEquals("ANA", door.account(1).name().value());
    }

    @Test
    void aReleasedNameAndWhatLooksLikeItAreAnybodys() {
        door.arrive("Tom", 1);
        assertEquals(1, accounts().release(new UserName("tom")).orElseThrow().userId());
        assertEquals(Optional.empty(), accounts().release(new UserName("Tom")));
        assertEquals(new UserName("user 1"), door.account(1).name());
        assertEquals(new UserName("user 1"), door.restarted().account(1).name());
        assertEquals("Torn#2", door.arrive("Torn", 2));
        assertEquals("NAME_TAKEN", door.arrive("Tom", 1));
        assertEquals("Tim#1 renamed", door.arrive("Tim", 1));
    }

    @Test
    void aReleasedNameStaysOutOfReachWhileItsOwnerHasOneThatLooksLikeIt() {
        door.arrive("Tom", 1);
        rename(1, "Torn");
        accounts().release(new UserName("Tom"));
        assertTrue(door.account(1).ownsName());
        assertEquals("NAME_TAKEN", door.arrive("Tom", 2));
        accounts().release(new UserName("Torn"));
        assertEquals("Tom#2", door.arrive("Tom", 2));
    }

    @Test
    void whoseNameWasReleasedIsCalledByAnEarlierOneAgain() {
        door.arrive("Ana", 1);
        rename(1, "Berta");
        accounts().release(new UserName("Berta"));
        assertEquals(new UserName("Ana"), door.account(1).name());
        assertEquals("Ana#1", door.arrive("Ana", 1));
        assertEquals("Berta#2", door.arrive("Berta", 2));
    }

    @Test
    void countsAdministrators() {
        door.arrive("Ana", 1);
        door.arrive("Tom", 2);
        assertFalse(accounts().hasAdmin());
        accounts().role(door.account(1), Role.ADMIN);
        accounts().role(door.account(1), Role.ADMIN);
        accounts().role(door.account(2), Role.ADMIN);
        assertEquals(2, accounts().admins());
        accounts().role(door.account(1), Role.MODERATOR);
        assertEquals(1, accounts().admins());
        assertEquals(1, door.restarted().register.accounts().admins());
    }

    @Test
    void revokingTwiceIsToldApart() {
        door.arrive("Ana", 1);
        assertTrue(accounts().revoke(door.account(1), Doorway.device(1)));
        assertFalse(accounts().revoke(door.account(1), Doorway.device(1)));
        assertFalse(accounts().revoke(door.account(1), Doorway.device(2)));
    }

    private Accounts accounts() {
        return door.register.accounts();
    }

    private void rename(long userId, String name) {
        door.pass(1);
        accounts().rename(door.account(userId), new UserName(name), door.nowMillis);
    }

    private static int namesOf(Doorway at, long userId) {
        return at.account(userId).names().size();
    }
}
