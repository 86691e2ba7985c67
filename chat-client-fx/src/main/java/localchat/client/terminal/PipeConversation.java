package localchat.client.terminal;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import localchat.client.terminal.LineOutput.OutputException;
import localchat.client.terminal.PendingLines.Pending;
import localchat.client.terminal.RoomPrinter.Fault;
import localchat.core.client.ChatSession;
import localchat.core.client.RequestException;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Refusal;
import localchat.core.model.Availability;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;

/// The state of a chat in a pipe: one room, entered, its history printed, then live. All of it
/// belongs to the thread that calls [#on].
///
/// ```
/// start ──Connected──► entering ──RoomEntered──► history ──all printed──► live ──► over
///                                                        (input is read from here on)
/// ```
final class PipeConversation implements HistoryFeed.Reader {
    /// A user id that no server gives, for the time before the login.
    private static final long NOBODY = Long.MAX_VALUE;

    private final TerminalOptions options;
    private final ChatSession session;
    private final Inbox inbox;
    private final RoomPrinter printer;
    private final Report report;
    private final PendingLines pending = new PendingLines();
    private final Optional<OnceIds> onceIds;

    private Stage stage = Stage.CONNECTING;
    private Optional<HistoryFeed> history = Optional.empty();
    private RoomName room;
    private long roomId;
    private long lastSeq;
    private Person self;
    private boolean inputEnded;
    private boolean faulty;
    private boolean hasEnded;
    private boolean isLost;
    private OptionalInt exitCode = OptionalInt.empty();

    private enum Stage {
        CONNECTING,
        ENTERING,
        HISTORY,
        LIVE
    }

    /// Where a person is told what happens beside the messages, and in which words.
    record Report(ErrorOutput err, Texts texts, SessionWords sessionWords) {
        void say(Text text, Object... arguments) {
            err.say(texts.get(text, arguments));
        }
    }

    PipeConversation(
            TerminalOptions options,
            ChatSession session,
            Inbox inbox,
            RoomPrinter printer,
            Report report) {
        this.options = options;
        this.session = session;
        this.inbox = inbox;
        this.printer = printer;
        this.report = report;
        this.room = options.room();
        this.self = new Person(NOBODY, options.name(), Role.MEMBER, Availability.ONLINE);
        this.onceIds = options.onceKey().map(OnceIds::new);
    }

    /// Something happened.
    ///
    /// @throws IOException when standard output cannot be written
    void on(Notice notice) throws IOException {
        switch (notice) {
            case Notice.Heard(SessionEvent event) -> onSessionEvent(event);
            case Notice.InputLine line -> onLine(line);
            case Notice.InputFault(String complaint) -> {
                faulty = true;
                report.err().say(complaint);
                pending.window().release();
            }
            case Notice.InputEnded(String complaint) -> onInputEnded(complaint);
            case Notice.Later(Notice.Step step) -> step.run();
            case Notice.Stop stop -> end(wasAllDone() && options.follow());
            case Notice.Typed typed -> throw new IllegalStateException("nobody types in a pipe");
        }
        if (inputEnded && pending.isEmpty() && !options.follow()) {
            end(!faulty);
        }
    }

    private boolean wasAllDone() {
        return !faulty && pending.unacknowledged() == 0;
    }

    private void end(boolean well) {
        if (exitCode.isEmpty()) {
            exitCode = OptionalInt.of(well ? ExitCode.OK : ExitCode.FAILED);
        }
    }

    private void onSessionEvent(SessionEvent event) throws IOException {
        switch (event) {
            case SessionEvent.Connected connected -> onConnected(connected);
            case SessionEvent.Reconnecting lost -> onLost(lost);
            case SessionEvent.Ended ended -> {
                hasEnded = true;
                fail(ended.failure().name(), report.sessionWords().of(ended));
            }
            case SessionEvent.RoomEntered entered -> onRoomEntered(entered);
            case SessionEvent.RoomLeft left -> {
                if (left.roomId() == roomId) {
                    fail(
                            ErrorCode.NOT_IN_ROOM.name(),
                            report.texts().get(Text.REMOVED_FROM_ROOM, room));
                }
            }
            case SessionEvent.RoomRefused refused ->
                    fail(
                            refused.code().name(),
                            report.texts().get(Text.ROOM_REFUSED, room, refused.text()));
            case SessionEvent.EventReceived received -> onEvent(received.event(), received.own());
            case SessionEvent.PostChanged changed -> onPostChanged(changed);
            case SessionEvent.PresenceChanged changed -> {
                if (stage == Stage.LIVE && changed.roomId() == roomId) {
                    printer.presence(room, changed);
                }
            }
            case SessionEvent.ErrorReported error -> {
                report.say(Text.SERVER_REPORTED, error.text());
                printer.error(new Fault(error.code().name(), error.text(), ""));
            }
            case SessionEvent.TypingChanged typing -> {}
            case SessionEvent.RoomChanged changed -> {}
        }
    }

    /// Something after which there is no going on.
    private void fail(String code, String words) throws OutputException {
        report.err().say(words);
        printer.error(new Fault(code, words, ""));
        end(false);
    }

    /// Attempts that fail are told once for all of them.
    private void onLost(SessionEvent.Reconnecting lost) throws OutputException {
        if (!isLost) {
            report.err().say(report.sessionWords().of(lost));
            printer.reconnecting(lost.reason().name(), lost.text());
        }
        isLost = true;
    }

    private void onConnected(SessionEvent.Connected connected) throws OutputException {
        self = connected.self();
        isLost = false;
        printer.connected();
        if (stage != Stage.CONNECTING) {
            report.say(Text.CONNECTED_AGAIN);
            return;
        }
        stage = Stage.ENTERING;
        if (!options.plaintext()) {
            report.say(Text.NOT_ENCRYPTED);
        }
    }

    private void onRoomEntered(SessionEvent.RoomEntered entered) throws IOException {
        if (!entered.room().name().folded().equals(options.room().folded())) {
            return;
        }
        room = entered.room().name();
        roomId = entered.room().roomId();
        long newest = entered.nextSeq() - 1;
        if (stage == Stage.ENTERING || (stage == Stage.HISTORY && entered.cacheInvalid())) {
            stage = Stage.HISTORY;
            readHistory(newest);
        } else if (stage == Stage.HISTORY) {
            history.orElseThrow().noteLive(newest);
            history.orElseThrow().ask();
        } else if (entered.cacheInvalid()) {
            lastSeq = newest;
            pending.removeAcknowledged();
            printer.joined(room, newest);
        }
    }

    private void readHistory(long newest) throws IOException {
        history.ifPresent(HistoryFeed::cancel);
        HistoryPlan plan = new HistoryPlan(options.history().orElse(0), newest);
        HistoryFeed feed = new HistoryFeed(session, inbox, roomId, plan, this);
        history = Optional.of(feed);
        feed.ask();
    }

    @Override
    public void onHistory(RoomEvent event) throws OutputException {
        print(event, event.senderId() == self.userId(), true);
    }

    @Override
    public void onHistoryComplete(long seq) throws OutputException {
        stage = Stage.LIVE;
        lastSeq = seq;
        printer.joined(room, seq);
    }

    @Override
    public void onHistoryFailed(RequestException refusal) throws OutputException {
        String text = String.valueOf(refusal.getMessage());
        fail(refusal.code().name(), report.texts().get(Text.HISTORY_FAILED, text));
    }

    private void onEvent(RoomEvent event, boolean own) throws OutputException {
        if (event.roomId() != roomId) {
            return;
        }
        if (stage != Stage.LIVE) {
            history.ifPresent(feed -> feed.noteLive(event.seq()));
        } else if (event.seq() > lastSeq) {
            lastSeq = event.seq();
            if (own) {
                pending.remove(event.id());
            }
            print(event, own, false);
        }
    }

    private void print(RoomEvent event, boolean own, boolean isHistory) throws OutputException {
        if (event.body() instanceof EventBody.Message body) {
            printer.message(PrintedMessage.of(room, event, body, own, isHistory));
        }
    }

    /// A post that is stored shows as its event, in the room's order; one whose event was there
    /// before, such as one of an earlier run, has none to come and is shown at once.
    private void onPostChanged(SessionEvent.PostChanged changed) throws OutputException {
        switch (changed.state()) {
            case STORED -> {
                Optional<Pending> line = pending.acknowledge(changed.id());
                if (line.isPresent() && changed.seq() <= lastSeq) {
                    pending.remove(changed.id());
                    printer.message(acknowledged(changed, line.get().text()));
                }
            }
            case FAILED -> {
                Optional<Pending> line = pending.remove(changed.id());
                Refusal refusal =
                        changed.refusal().orElseGet(() -> new Refusal(ErrorCode.INTERNAL, ""));
                if (line.isPresent()) {
                    onRefused(changed.id(), line.get().number(), refusal);
                }
            }
            case WAITING, SENT -> {}
        }
    }

    private PrintedMessage acknowledged(SessionEvent.PostChanged changed, String text) {
        return new PrintedMessage(
                room,
                changed.seq(),
                changed.id(),
                self.name(),
                changed.timeMillis(),
                text,
                false,
                true,
                false);
    }

    private void onRefused(MessageId id, long number, Refusal refusal) throws OutputException {
        faulty = true;
        String words = refusal.code() + " " + refusal.text();
        report.say(Text.LINE_REFUSED, number, words.strip());
        printer.error(new Fault(refusal.code().name(), refusal.text(), id.toString()));
    }

    private void onLine(Notice.InputLine line) {
        MessageText text = new MessageText(line.text());
        MessageId id;
        if (onceIds.isPresent()) {
            id = onceIds.get().ofLine(line.number());
            session.post(id, roomId, text, false, 0);
        } else {
            id = session.post(roomId, text, false, 0);
        }
        pending.add(id, line.number(), line.text());
    }

    private void onInputEnded(String complaint) {
        inputEnded = true;
        if (!complaint.isEmpty()) {
            faulty = true;
            report.say(Text.INPUT_FAILED, complaint);
        }
    }

    /// Whether standard input may be read.
    boolean isLive() {
        return stage == Stage.LIVE;
    }

    /// How far input may run ahead.
    PendingLines pending() {
        return pending;
    }

    /// Whether there is nothing left but to wait for the server: for the room, or for
    /// acknowledgements without which the input cannot go on or is over.
    boolean isWaiting() {
        boolean forLines =
                pending.unacknowledged() > 0
                        && (inputEnded || pending.isWindowFull())
                        && !options.follow();
        return stage == Stage.ENTERING || forLines;
    }

    /// Changes with each step forward.
    long progress() {
        return pending.acknowledgements();
    }

    /// The wait took too long.
    ///
    /// @throws OutputException when standard output cannot be written
    void onPatienceOver() throws OutputException {
        if (stage == Stage.ENTERING) {
            fail(ErrorCode.NOT_NOW.name(), report.texts().get(Text.NOT_ENTERED_IN_TIME, room));
            return;
        }
        report.say(Text.NOT_ACKNOWLEDGED, pending.unacknowledged(), options.timeoutInSeconds());
        end(false);
    }

    /// With which code the program ends; empty while it goes on.
    OptionalInt exitCode() {
        return exitCode;
    }

    /// Whether the session said that it ended.
    boolean hasEnded() {
        return hasEnded;
    }
}
