package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import localchat.client.terminal.Command.Act;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// How the commands about people are read.
class PeopleCommandTest {
    @ParameterizedTest
    @EnumSource(Act.class)
    void readsWhatIsToBeDoneAboutSomebody(Act act) {
        String name = "/" + act.name().toLowerCase(java.util.Locale.ROOT);
        assertEquals(
                new Command.AboutPerson(act, "bob some reason"),
                Command.of(name + "  bob some reason "));
        assertEquals(new Command.Wrong(Text.NEEDS_NAME, name), Command.of(name));
    }

    @Test
    void readsWhatIsAboutOneself() {
        assertEquals(new Command.Nick("Anna Lu"), Command.of("/nick Anna Lu"));
        assertEquals(new Command.Devices(), Command.of("/devices"));
        assertEquals(new Command.SignOut(), Command.of("/signout"));
        assertEquals(new Command.MakeCode(false), Command.of("/device-code"));
        assertEquals(new Command.MakeCode(true), Command.of("/recovery-code"));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "999,999"})
    void readsTheNumberOfADevice(String typed, int number) {
        assertEquals(new Command.Revoke(number), Command.of("/revoke " + typed));
    }

    @ParameterizedTest
    @CsvSource({"''", "0", "1000", "desk", "-1"})
    void asksForTheNumberOfADevice(String typed) {
        assertEquals(
                new Command.Wrong(Text.NEEDS_DEVICE, "/revoke"), Command.of("/revoke " + typed));
    }

    @Test
    void readsHowManyAndHowLongAnInviteIsFor() {
        assertEquals(new Command.MakeInvite(1, Duration.ofDays(7)), Command.of("/invite-code"));
        assertEquals(new Command.MakeInvite(5, Duration.ofDays(7)), Command.of("/invite-code 5"));
        assertEquals(new Command.MakeInvite(1, Duration.ofHours(2)), Command.of("/invite-code 2h"));
        assertEquals(
                new Command.MakeInvite(0, Duration.ofDays(1)), Command.of("/invite-code 0 1d"));
        assertEquals(
                new Command.Wrong(Text.NEEDS_USES, "/invite-code"),
                Command.of("/invite-code 1d 5"));
        assertEquals(
                new Command.Wrong(Text.NEEDS_USES, "/invite-code"),
                Command.of("/invite-code many"));
    }

    @Test
    void readsWhatIsAboutInvitesAndNames() {
        assertEquals(new Command.Invites(), Command.of("/invites"));
        assertEquals(new Command.RevokeInvite("i1"), Command.of("/revoke-invite i1"));
        assertEquals(
                new Command.Wrong(Text.NEEDS_INVITE, "/revoke-invite"),
                Command.of("/revoke-invite"));
        assertEquals(new Command.Release("Bo"), Command.of("/release Bo"));
    }
}
