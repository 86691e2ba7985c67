package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import localchat.core.model.Availability;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import localchat.server.LogLines;
import localchat.server.loop.ManualClock;
import org.junit.jupiter.api.Test;

/// However many come and go, the operator's log stays readable and says what it left out.
class SessionLogTest {
    private static final long SECOND = 1_000_000_000L;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final ManualClock clock = new ManualClock();
    private final SessionLog log = new SessionLog(clock::nanos);

    @Test
    void tellsFourHundredLoginsOneByOneAndThenTwentyASecond() {
        try (LogLines lines = new LogLines()) {
            logins(399);
            assertEquals(399, lines.count());
            logins(1);
            assertEquals(400, lines.count());
            logins(1_000);
            assertEquals(400, lines.count());
            clock.pass(SECOND);
            logins(100);
            assertEquals(420, lines.count());
            assertTrue(lines.last().contains("left_out=0"), lines.last());
        }
    }

    @Test
    void saysInTheNextLineHowManyWereLeftOut() {
        try (LogLines lines = new LogLines()) {
            logins(1_400);
            clock.pass(SECOND / 20);
            logins(1);
            assertTrue(lines.last().contains("left_out=1000"), lines.last());
        }
    }

    @Test
    void countsEachKindOfLineByItself() {
        try (LogLines lines = new LogLines()) {
            logins(500);
            for (int i = 0; i < 500; i++) {
                log.left(person(), CloseReason.PEER_CLOSED);
                log.loginRefused(HERE, ErrorCode.NAME_TAKEN);
                log.closedBeforeLogin(HERE, CloseReason.LOGIN_TIMEOUT);
            }
            assertEquals(400 + 400 + 50 + 50, lines.count());
        }
    }

    private void logins(int number) {
        for (int i = 0; i < number; i++) {
            log.login(person(), HERE, new Digest32(new byte[32]), "test");
        }
    }

    private static Person person() {
        return new Person(1, new UserName("Ana"), Role.MEMBER, Availability.ONLINE);
    }
}
