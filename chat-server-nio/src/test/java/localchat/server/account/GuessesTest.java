package localchat.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Whoever tries codes waits; others do not.
class GuessesTest {
    private static final long SECOND = 1_000_000_000L;

    private final Guesses guesses = new Guesses();
    private long now = 1_000 * SECOND;

    @Test
    void fiveWrongOnesCostNothingAndEachOneMoreTwiceAsMuchUpToAMinute() {
        for (int i = 0; i < Guesses.FREE; i++) {
            wrong();
            assertEquals(0, wait(Doorway.HERE, CodeKind.INVITE));
        }
        for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60}) {
            wrong();
            assertEquals(seconds * SECOND, wait(Doorway.HERE, CodeKind.INVITE));
            now += seconds * SECOND - 1;
            assertEquals(1, wait(Doorway.HERE, CodeKind.INVITE));
            now++;
            assertEquals(0, wait(Doorway.HERE, CodeKind.INVITE));
        }
    }

    @Test
    void otherKindsAndOtherAddressesAreNotHeldUp() {
        for (int i = 0; i < 20; i++) {
            wrong();
        }
        assertEquals(Guesses.WAIT_NANOS_MAX, wait(Doorway.HERE, CodeKind.INVITE));
        assertEquals(0, wait(Doorway.THERE, CodeKind.INVITE));
        for (CodeKind kind : CodeKind.values()) {
            if (kind != CodeKind.INVITE) {
                assertEquals(0, wait(Doorway.HERE, kind));
            }
        }
    }

    @Test
    void whoMadeNoMistakeForAMinuteBeginsAnew() {
        for (int i = 0; i <= Guesses.FREE; i++) {
            wrong();
        }
        now += SECOND + Guesses.WAIT_NANOS_MAX;
        wrong();
        assertEquals(2 * SECOND, wait(Doorway.HERE, CodeKind.INVITE));
        now += 2 * SECOND + Guesses.WAIT_NANOS_MAX + 1;
        wrong();
        assertEquals(0, wait(Doorway.HERE, CodeKind.INVITE));
    }

    @Test
    void aFloodFromEverywhereHoldsUpThoseAloneWhoTookPart() {
        for (int i = 0; i < Guesses.EVERYWHERE_MAX; i++) {
            guesses.onWrong(address(i), CodeKind.INVITE, now);
        }
        assertEquals(0, wait(address(0), CodeKind.INVITE));
        now += 10 * SECOND;
        guesses.onWrong(address(Guesses.EVERYWHERE_MAX), CodeKind.INVITE, now);
        assertEquals(50 * SECOND, wait(address(0), CodeKind.INVITE));
        assertEquals(50 * SECOND, wait(address(Guesses.EVERYWHERE_MAX), CodeKind.INVITE));
        assertEquals(0, wait(address(5_000), CodeKind.INVITE));
        assertEquals(0, wait(address(0), CodeKind.DEVICE));
        now += 50 * SECOND;
        assertEquals(0, wait(address(0), CodeKind.INVITE));
        guesses.onWrong(address(0), CodeKind.INVITE, now);
        assertEquals(0, wait(address(0), CodeKind.INVITE));
    }

    @Test
    void theAddressSeenLongestAgoIsForgotten() {
        for (int i = 0; i < 10; i++) {
            wrong();
        }
        for (int i = 1; i < Guesses.SOURCES_MAX; i++) {
            guesses.onWrong(address(i), CodeKind.DEVICE, now);
        }
        assertEquals(16 * SECOND, wait(Doorway.HERE, CodeKind.INVITE));
        guesses.onWrong(address(0), CodeKind.DEVICE, now);
        assertEquals(0, wait(Doorway.HERE, CodeKind.INVITE));
    }

    private void wrong() {
        guesses.onWrong(Doorway.HERE, CodeKind.INVITE, now);
    }

    private long wait(Source source, CodeKind kind) {
        return guesses.waitNanos(source, kind, now);
    }

    private static Source address(int number) {
        return Doorway.source("10.0.%d.%d".formatted(number / 256, number % 256));
    }
}
