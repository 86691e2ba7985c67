package localchat.server.session;

import java.net.InetAddress;
import java.util.function.LongSupplier;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the operator who came and went: people, and connections that closed before their login
/// (scanners, browsers, broken clients). A flood of either makes some lines a second, with the
/// number of those left out: 10,000 logins at once spent a fifth of their time on being logged.
/// Belongs to the loop thread.
public final class SessionLog {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

    /// Lines about people, a second in the long run and at once. Reason: a class that comes in is
    /// told one by one.
    private static final int PEOPLE_LINES_PER_SECOND = 20;

    private static final int PEOPLE_LINES_BURST = 400;

    /// Lines about strangers, a second in the long run and at once.
    private static final int STRANGER_LINES_PER_SECOND = 2;

    private static final int STRANGER_LINES_BURST = 50;

    /// Digits of a device's id that tell it apart.
    private static final int DEVICE_DIGITS = 16;

    private final LineBudget logins;
    private final LineBudget leavings;
    private final LineBudget refusals;
    private final LineBudget strangers;

    /// With the loop's monotonic clock.
    public SessionLog(LongSupplier clockNanos) {
        this.logins = new LineBudget(clockNanos, PEOPLE_LINES_PER_SECOND, PEOPLE_LINES_BURST);
        this.leavings = new LineBudget(clockNanos, PEOPLE_LINES_PER_SECOND, PEOPLE_LINES_BURST);
        this.refusals = new LineBudget(clockNanos, STRANGER_LINES_PER_SECOND, STRANGER_LINES_BURST);
        this.strangers =
                new LineBudget(clockNanos, STRANGER_LINES_PER_SECOND, STRANGER_LINES_BURST);
    }

    void login(Person person, InetAddress remote, Digest32 device, String client) {
        if (logins.take()) {
            LOG.info(
                    "login user={} from={} left_out={} device={} name={} client={}",
                    person.userId(),
                    remote.getHostAddress(),
                    logins.takeLeftOut(),
                    device.toString().substring(0, DEVICE_DIGITS),
                    person.name(),
                    client);
        }
    }

    void left(Person person, CloseReason reason) {
        if (leavings.take()) {
            LOG.info(
                    "left user={} reason={} left_out={} name={}",
                    person.userId(),
                    reason,
                    leavings.takeLeftOut(),
                    person.name());
        }
    }

    void loginRefused(InetAddress remote, ErrorCode code) {
        if (refusals.take()) {
            LOG.info(
                    "login refused from={} code={} left_out={}",
                    remote.getHostAddress(),
                    code,
                    refusals.takeLeftOut());
        }
    }

    void closedBeforeLogin(InetAddress remote, CloseReason reason) {
        if (strangers.take()) {
            LOG.info(
                    "closed before login from={} reason={} left_out={}",
                    remote.getHostAddress(),
                    reason,
                    strangers.takeLeftOut());
        }
    }
}
