package localchat.core.client;

import localchat.core.client.SecuredSocket.ServerProof;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.model.CloseReason;
import localchat.core.model.UserName;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ServerFrame;

/// What keeps a session alive through its connections, and ends it. Belongs to the session thread,
/// whose work [#run] is: it takes calls and frames from one [Inbox].
///
/// ```
/// begin ──► Opening ──► Online ──► Pausing ──► Opening …
///              │           │           │
///              └───────────┴───────────┴──► Closed
/// ```
final class Lifeline {
    private sealed interface Phase {
        record New() implements Phase {}

        record Opening(Link link, LoginDialog login, Timers.Timer deadline) implements Phase {}

        record Online(Link link, long sinceNanos) implements Phase {}

        record Pausing(Timers.Timer end) implements Phase {}

        record Closed() implements Phase {}
    }

    /// A connection that held for so long was a good one: the next loss is followed by a quick
    /// attempt.
    private static final long STEADY_NANOS = 60_000_000_000L;

    /// Connections in a row that may end because the server says that this client broke the
    /// protocol. Reason: section 11 of PROTOCOL.md.
    private static final int FAULTS_IN_ROW_MAX = 3;

    private final SessionConfig config;
    private final SessionParts parts;
    private final SessionEnvironment environment;
    private final Clock clock;
    private final Inbox inbox;
    private final Dialogue dialogue;
    private final ReconnectPolicy reconnectPolicy;
    private final Heartbeat heartbeat;
    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private Phase phase = new Phase.New();
    private Admittance code;
    private boolean wasOnline;
    private boolean restored;
    private long clockOffMillis;
    private int attempt;
    private int faultsInRow;
    private String toldText = "";

    /// The most calls and frames that are handled before what they brought is kept and sent.
    /// Reason: one commit for as many; a frame that waits behind them waits some milliseconds.
    private static final int BATCH_MAX = 1_000;

    /// A clock that is off by more is told of: people see wrong times then.
    private static final long CLOCK_OFF_MILLIS = 60_000;

    /// @param inbox what this thread is asked and told
    Lifeline(SessionConfig config, SessionParts parts, Inbox inbox, Dialogue dialogue) {
        this.config = config;
        this.parts = parts;
        this.environment = parts.environment();
        this.clock = environment.clock();
        this.inbox = inbox;
        this.dialogue = dialogue;
        this.code = config.admittance();
        SessionTimings timings = environment.timings();
        this.reconnectPolicy =
                new ReconnectPolicy(timings.reconnectFirst(), timings.reconnectMost());
        this.heartbeat =
                new Heartbeat(
                        parts,
                        inbox::hasFrames,
                        () -> lost(Loss.broken(config.server(), CloseReason.PEER_SILENT)));
    }

    /// What the session is doing now; for any thread.
    ConnectionState state() {
        return state;
    }

    /// Tells what earlier sessions left, and connects.
    void begin() {
        restored = dialogue.start(config.firstRoom());
        connect();
    }

    /// The user wants no more of it.
    void close() {
        end(Failure.CLOSED_BY_USER, "The session was closed.", 0);
    }

    /// The session thread's work, until the end.
    void run() {
        while (state != ConnectionState.CLOSED) {
            try {
                takeBatch();
                parts.timers().fireDue();
                dialogue.flush();
            } catch (InterruptedException e) {
                // A listener interrupted its own thread; the session ends by close() alone.
            } catch (RuntimeException | Error e) {
                onFault(e);
            }
        }
        finish();
    }

    /// Waits for something to do and does all that is there.
    private void takeBatch() throws InterruptedException {
        Runnable next = inbox.take(dialogue.isFlushed() ? parts.timers().nanosToNext() : 0);
        for (int i = 0; next != null; i++) {
            next.run();
            boolean goesOn = i < BATCH_MAX && state != ConnectionState.CLOSED;
            next = goesOn ? inbox.take(0) : null;
        }
    }

    /// A fault in this program costs the connection, not the session; but one before the first
    /// connection would come again.
    private void onFault(Throwable fault) {
        Ear.report(fault);
        switch (phase) {
            case Phase.New _ ->
                    end(
                            Failure.UNREACHABLE,
                            "A fault in this program kept it from connecting: " + fault,
                            0);
            case Phase.Opening _, Phase.Online _ ->
                    lost(
                            Loss.broken(
                                    config.server(),
                                    CloseReason.INTERNAL_FAULT,
                                    "a fault in this program"));
            case Phase.Pausing _, Phase.Closed _ -> {}
        }
    }

    /// Answers what was asked before the end.
    private void finish() {
        for (Runnable left : inbox.close()) {
            try {
                left.run();
            } catch (RuntimeException e) {
                Ear.report(e);
            }
        }
    }

    /// As [ChatSession#vouch].
    void vouch() {
        if (phase instanceof Phase.Online online) {
            Voucher.vouch(config.trust(), online.link.proof(), parts.ear());
        }
    }

    // ---- connecting

    private void connect() {
        Connector connector =
                new Connector(config.server(), config.trust(), clock, config.connectTimeout());
        Link link = new Link(connector, config.server(), environment, new Mouth());
        LoginDialog login =
                new LoginDialog(
                        config,
                        new LoginDialog.Credentials(loginName(), this::takeCode),
                        link::proof);
        Timers.Timer deadline =
                parts.timers().in(config.connectTimeout().toNanos(), () -> lost(login.timedOut()));
        phase = new Phase.Opening(link, login, deadline);
        link.send(login.hello());
        link.open();
    }

    /// The user may have taken another name since.
    private UserName loginName() {
        return dialogue.standing().name().orElse(config.name());
    }

    /// A code works once: when its answer was lost, the server may know the device by now.
    private Admittance takeCode() {
        Admittance taken = code;
        code = Admittance.none();
        return taken;
    }

    /// Brings what the connection's threads say into the inbox.
    private final class Mouth implements Link.Owner {
        @Override
        public void onFrame(Link link, ServerFrame frame, int bytes) throws InterruptedException {
            inbox.putFrame(() -> Lifeline.this.onFrame(link, frame), bytes);
        }

        @Override
        public void onNotConnected(Link link, Loss loss) {
            inbox.putNotice(() -> Lifeline.this.onNotConnected(link, loss));
        }

        @Override
        public void onLost(Link link, Loss loss) {
            inbox.putNotice(() -> Lifeline.this.onLost(link, loss));
        }
    }

    private void onFrame(Link link, ServerFrame frame) {
        try {
            switch (phase) {
                case Phase.Opening opening when opening.link == link ->
                        onLoginFrame(opening, frame);
                case Phase.Online online when online.link == link -> {
                    heartbeat.onFrame();
                    onOnlineFrame(frame);
                }
                case Phase stale -> {}
            }
        } catch (MalformedFrameException e) {
            String what = e.reason().words() + " (" + e.getMessage() + ")";
            onLost(link, Loss.broken(config.server(), e.reason(), what));
        }
    }

    private void onLoginFrame(Phase.Opening opening, ServerFrame frame)
            throws MalformedFrameException {
        switch (opening.login.on(frame)) {
            case LoginDialog.Step.Answer(ClientFrame answer) -> opening.link.send(answer);
            case LoginDialog.Step.Wait() -> {}
            case LoginDialog.Step.Refused(Loss loss) -> lost(loss);
            case LoginDialog.Step.Admitted(Admission admission) -> onAdmitted(opening, admission);
        }
    }

    private void onAdmitted(Phase.Opening opening, Admission admission)
            throws MalformedFrameException {
        opening.deadline.cancel();
        phase = new Phase.Online(opening.link, clock.nanos());
        wasOnline = true;
        toldText = "";
        state = ConnectionState.CONNECTED;
        parts.uplink().attach(opening.link::send);
        long offset = admission.serverTimeMillis() - clock.epochMillis();
        parts.ear()
                .tell(new SessionEvent.Connected(admission.self(), admission.serverName(), offset));
        if (opening.link.proof() instanceof ServerProof.Key key) {
            parts.ear()
                    .tell(new SessionEvent.ServerKeyShown(key.hash(), key.verified(), key.isNew()));
        }
        tellClock(offset);
        heartbeat.start(opening.link);
        dialogue.onConnected(admission);
    }

    /// Tells of a clock that is off, once and again when it is off by another minute.
    private void tellClock(long offsetMillis) {
        if (Math.abs(offsetMillis) <= CLOCK_OFF_MILLIS) {
            clockOffMillis = 0;
        } else if (Math.abs(offsetMillis - clockOffMillis) > CLOCK_OFF_MILLIS) {
            clockOffMillis = offsetMillis;
            parts.ear().tell(new SessionEvent.ClockOff(offsetMillis));
        }
    }

    private void onOnlineFrame(ServerFrame frame) throws MalformedFrameException {
        if (frame.hasGoodbye()) {
            lost(Loss.farewell(config.server(), frame.getGoodbye(), Failure.UNREACHABLE));
        } else {
            dialogue.onFrame(frame);
        }
    }

    // ---- loss and end

    private void onNotConnected(Link link, Loss loss) {
        if (phase instanceof Phase.Opening opening && opening.link == link) {
            lost(loss);
        }
    }

    private void onLost(Link link, Loss loss) {
        switch (phase) {
            case Phase.Opening opening when opening.link == link -> lost(opening.login.lost(loss));
            case Phase.Online online when online.link == link -> lost(loss);
            case Phase stale -> {}
        }
    }

    private void lost(Loss loss) {
        leavePhase();
        faultsInRow = loss.remedy() == Loss.Remedy.FIX ? faultsInRow + 1 : 0;
        boolean isHopeless = loss.remedy() == Loss.Remedy.STOP || faultsInRow >= FAULTS_IN_ROW_MAX;
        if (isHopeless || !config.reconnect() || !isWorthAnotherTry(loss)) {
            end(loss.failure(), loss.text(), loss.retryAfterMillis());
            return;
        }
        state = ConnectionState.RECONNECTING;
        long wait =
                reconnectPolicy
                        .delay(attempt, environment.random().nextDouble(), loss.retryAfterMillis())
                        .toNanos();
        attempt++;
        phase = new Phase.Pausing(parts.timers().in(wait, this::connect));
        if (!loss.text().equals(toldText)) {
            toldText = loss.text();
            parts.ear().tell(new SessionEvent.Reconnecting(loss.reason(), loss.text()));
        }
    }

    /// The first connection is tried again only when there is something to show meanwhile and the
    /// server was not reached: what it said would be its answer again.
    private boolean isWorthAnotherTry(Loss loss) {
        return wasOnline
                || (restored
                        && switch (loss.failure()) {
                            case UNKNOWN_HOST, REFUSED, UNREACHABLE, TIMED_OUT -> true;
                            case CLOSED_BY_USER,
                                    NOT_A_CHAT_SERVER,
                                    KEY_UNKNOWN,
                                    KEY_CHANGED,
                                    NAME_TAKEN,
                                    INVITE_REQUIRED,
                                    CODE_INVALID,
                                    TRY_LATER,
                                    LOGIN_REFUSED,
                                    REPLACED,
                                    KICKED,
                                    BANNED,
                                    DEVICE_REVOKED,
                                    UPGRADE_REQUIRED ->
                                    false;
                        });
    }

    private void end(Failure failure, String text, long retryAfterMillis) {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        leavePhase();
        phase = new Phase.Closed();
        state = ConnectionState.CLOSED;
        try {
            // Who hears of the end may let go of the profile that the files are in.
            dialogue.close();
        } finally {
            parts.ear().tell(new SessionEvent.Ended(failure, text, retryAfterMillis));
        }
    }

    /// Lets go of what the present phase holds.
    private void leavePhase() {
        switch (phase) {
            case Phase.Opening opening -> {
                opening.deadline.cancel();
                opening.link.close();
            }
            case Phase.Online online -> {
                online.link.close();
                heartbeat.stop();
                if (clock.nanos() - online.sinceNanos >= STEADY_NANOS) {
                    attempt = 0;
                    faultsInRow = 0;
                }
                parts.uplink().detach();
                dialogue.onLost();
            }
            case Phase.Pausing pausing -> pausing.end.cancel();
            case Phase.New _, Phase.Closed _ -> {}
        }
    }
}
