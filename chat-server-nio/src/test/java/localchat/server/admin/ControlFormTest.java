package localchat.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests and answers as they cross the socket.
class ControlFormTest {
    @Test
    void sendsRequestsAsOneLine() {
        assertEquals("localchat-control 1 link", new ControlRequest.Link().line());
        assertEquals(
                "localchat-control 1 invite uses=3 valid=43200",
                new ControlRequest.CreateInvite(new InviteWish(3, 43_200)).line());
    }

    @Test
    void readsWhatItSends() {
        for (ControlRequest request :
                new ControlRequest[] {
                    new ControlRequest.Link(),
                    new ControlRequest.CreateInvite(new InviteWish(0, 0)),
                    new ControlRequest.CreateInvite(
                            new InviteWish(InviteWish.USES_MAX, InviteWish.VALID_SECONDS_MAX))
                }) {
            assertEquals(request, ControlRequest.parse(request.line()));
        }
        for (Answer answer :
                new Answer[] {
                    new Answer.Text("7KQ2M-9XW4T-BC3ZD-H8RPN"),
                    new Answer.NotNeeded(),
                    new Answer.Refused("no: not today")
                }) {
            assertEquals(Optional.of(answer), Answer.parse(answer.line()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "link",
                "GET / HTTP/1.1",
                "localchat-control",
                "localchat-control 1",
                "localchat-control  1 link",
                "localchat-control 1 link ",
                "localchat-control 1 link\r",
                "localchat-control 1 Link",
                "localchat-control 1 invite",
                "localchat-control 1 invite uses=1",
                "localchat-control 1 invite valid=1 uses=1",
                "localchat-control 1 invite uses=-1 valid=1",
                "localchat-control 1 invite uses=100001 valid=1",
                "localchat-control 1 invite uses=1 valid=315360001",
                "localchat-control 1 invite uses=1 valid=9999999999999999999",
                "localchat-control 1 invite uses=1 valid=1 more=1"
            })
    void readsNothingElse(String line) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class, () -> ControlRequest.parse(line), line);
        assertEquals(1, String.valueOf(refused.getMessage()).lines().count());
    }

    @Test
    void namesTheProgramToUseWhenVersionsDiffer() {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ControlRequest.parse("localchat-control 2 link"))
                        .getMessage();
        assertTrue(message.contains("version 1 only"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ok", "error", "unneeded ", "OK x", "perhaps x", "ok a\u0007b"})
    void takesNothingElseForAnAnswer(String line) {
        assertEquals(Optional.empty(), Answer.parse(line));
    }

    @Test
    void refusesInOneLineOfBoundedLength() {
        assertEquals("error a b c d", new Answer.Refused("a\nb\u001bc\u009bd").line());
        int max = Answer.REFUSAL_LENGTH_MAX;
        assertEquals("x".repeat(max), refusal(max));
        assertEquals("x".repeat(max), refusal(max + 1));
        assertEquals("x".repeat(max - 1), refusal(max - 1));
    }

    private static String refusal(int length) {
        return new Answer.Refused("x".repeat(length)).line().substring("error ".length());
    }

    @Test
    void answersInOneLineOnly() {
        assertThrows(IllegalArgumentException.class, () -> new Answer.Text("a\nb"));
    }

    @Test
    void limitsWishes() {
        assertEquals(0, new InviteWish(0, 0).uses());
        assertEquals(
                InviteWish.USES_MAX,
                new InviteWish(InviteWish.USES_MAX, InviteWish.VALID_SECONDS_MAX).uses());
        assertRefused(-1, 0);
        assertRefused(InviteWish.USES_MAX + 1, 0);
        assertRefused(0, -1);
        assertRefused(0, InviteWish.VALID_SECONDS_MAX + 1);
    }

    private static void assertRefused(int uses, long validSeconds) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class, () -> new InviteWish(uses, validSeconds));
        assertFalse(String.valueOf(refused.getMessage()).contains("\n"));
    }
}
