package localchat.client.terminal;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import localchat.client.terminal.LineOutput.OutputException;
import localchat.client.terminal.PendingLines.Pending;
import localchat.client.terminal.RoomPrinter.Fault;
import localchat.core.client.ChatSession;
import localchat.core.client.RequestException;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Refusal;
import localchat.core.identity.JoinLink;
import localchat.core.model.Availability;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;

/// The state of a chat in a pipe: one room, entered, its history printed, then live. All of it
/// belongs to the thread that calls [#on].
///
/// ```
/// start ──Connected──► entering ──RoomEntered──► history ──all printed──► live ──► over
///                                                        (input is read from here on)
///                            RoomEntered after a long absence │ ▲ all printed
///                                                             ▼ │
///                                                            missed
/// ```
final class PipeConversation implements HistoryFeed.Reader {
    /// A user id that no server gives, for the time before the login.
    private static final long NOBODY = Long.MAX_VALUE;

    private final TerminalOptions options;
    private final ChatSession session;
    private final Inbox inbox;
    private final RoomPrinter printer;
    private final Report report;
    private final PipePosts posts;
    private final PendingLines pending;

    private Stage stage = Stage.CONNECTING;
    private Optional<HistoryFeed> history = Optional.empty();
    private RoomName room;
    private long roomId;

    /// The newest event of the room that was heard, and the newest message that was printed.
    private long heardTo;

    private long printedTo;

    /// What stood in the room's log up to here when it was first entered is its past. The session
    /// brings what it missed since an earlier run; it is printed only where it is asked for.
    private long pastTo;

    private Person self;
    private long pagesRead;
    private boolean inputEnded;
    private boolean faulty;
    private boolean hasEnded;
    private boolean isLost;
    private OptionalInt exitCode = OptionalInt.empty();

    private enum Stage {
        CONNECTING,
        ENTERING,
        /// The messages asked for with `--history` are being read.
        HISTORY,
        LIVE,
        /// Live before; what was missed in a long absence is being read.
        MISSED
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
        this.posts = new PipePosts(session, report, options.onceKey().map(OnceIds::new));
        this.pending = posts.pending();
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
        if (inputEnded && pending.isEmpty() && !options.follow() && stage != Stage.MISSED) {
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
            case SessionEvent.ServerKeyShown shown -> {
                if (shown.isNew()) {
                    report.say(Text.ACCEPTED_NEW, JoinLink.keyText(shown.key()));
                }
            }
            case SessionEvent.ClockOff off -> report.err().say(report.sessionWords().of(off));
            case SessionEvent.Ended ended -> {
                hasEnded = true;
                fail(ended.failure().name(), report.sessionWords().of(ended));
            }
            case SessionEvent.SelfChanged(Person now) -> {
                self = now;
                printer.selfChanged(now);
            }
            case SessionEvent.BlockedChanged(Set<Long> userIds) -> printer.blocks(userIds);
            case SessionEvent.RoomEntered entered -> onRoomEntered(entered);
            case SessionEvent.RoomLeft left -> {
                if (left.roomId() == roomId) {
                    fail(
                            ErrorCode.NOT_IN_ROOM.name(),
                            report.texts().get(Text.REMOVED_FROM_ROOM, room));
                }
            }
            case SessionEvent.RoomRefused refused -> onRoomRefused(refused);
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
            case SessionEvent.PostRestored post -> posts.onRestored(post);
            case SessionEvent.TypingChanged _,
                    SessionEvent.RoomChanged _,
                    SessionEvent.RoomRestored _,
                    SessionEvent.ReadMarkerMoved _ -> {}
        }
    }

    /// Something after which there is no going on.
    private void fail(String code, String words) throws OutputException {
        report.err().say(words);
        printer.error(new Fault(code, words, ""));
        end(false);
    }

    /// Attempts that fail are told once for all of them. A session that kept something goes on even
    /// when the very first one fails; a pipe has nobody who would read what is kept meanwhile.
    private void onLost(SessionEvent.Reconnecting lost) throws OutputException {
        if (stage == Stage.CONNECTING) {
            fail(SessionEvent.Failure.UNREACHABLE.name(), report.sessionWords().ofNoServer());
            return;
        }
        if (!isLost) {
            report.err().say(report.sessionWords().of(lost));
            printer.reconnecting(lost.reason().name(), lost.text());
        }
        isLost = true;
    }

    private void onConnected(SessionEvent.Connected connected) throws OutputException {
        self = connected.self();
        isLost = false;
        printer.connected(self);
        if (stage != Stage.CONNECTING) {
            report.say(Text.CONNECTED_AGAIN);
            return;
        }
        stage = Stage.ENTERING;
    }

    /// Without the room there is no going on; what else the profile is in may be refused.
    private void onRoomRefused(SessionEvent.RoomRefused refused) throws OutputException {
        String words = report.texts().get(Text.ROOM_REFUSED, refused.roomName(), refused.text());
        boolean isByName = options.roomId().isEmpty();
        if (stage == Stage.ENTERING && isByName && isCalledLikeTheRoom(refused.roomName())) {
            fail(refused.code().name(), words);
        } else {
            report.err().say(words);
        }
    }

    private boolean isCalledLikeTheRoom(String name) {
        return RoomName.isShowable(name)
                && new RoomName(name).folded().equals(options.room().folded());
    }

    /// Whether this is the room of the command line: at first the public one of that name, which
    /// there is once, or the one of its number; from then on that one, whatever it is called.
    /// Anybody may make private rooms and direct messages that are called like it, or give its
    /// former name to another room.
    private boolean isTheRoom(RoomInfo info) {
        if (stage != Stage.ENTERING) {
            return info.roomId() == roomId;
        }
        return options.roomId().isPresent()
                ? info.roomId() == options.roomId().getAsLong()
                : info.kind() == RoomKind.PUBLIC
                        && info.name().folded().equals(options.room().folded());
    }

    private void onRoomEntered(SessionEvent.RoomEntered entered) throws IOException {
        if (!isTheRoom(entered.room())) {
            return;
        }
        room = entered.room().name();
        roomId = entered.room().roomId();
        boolean isFirst = stage == Stage.ENTERING;
        long newest = entered.nextSeq() - 1;
        if (isFirst) {
            newest = Math.max(newest, entered.room().headSeq());
        } else if (entered.cacheInvalid()) {
            // What was acknowledged belongs to a past that is gone: no event of it will come.
            pending.removeStored(line -> true);
            printedTo = 0;
        }
        if (isFirst || entered.cacheInvalid()) {
            pastTo = newest;
        }
        boolean isHole = newest > heardTo;
        heardTo = newest;
        if (isFirst || (isReading() && entered.cacheInvalid())) {
            posts.onRoomEntered(roomId);
            stage = Stage.HISTORY;
            readHistory(new HistoryPlan(options.history().orElse(0), 0, newest));
        } else if (isReading()) {
            history.orElseThrow().noteNewest(newest);
            history.orElseThrow().ask();
        } else if (entered.cacheInvalid()) {
            printedTo = newest;
            history = Optional.empty();
            printer.joined(room, roomId, newest);
        } else if (isHole) {
            stage = Stage.MISSED;
            readHistory(new HistoryPlan(Long.MAX_VALUE, printedTo, newest));
        }
    }

    private boolean isReading() {
        return stage == Stage.HISTORY || stage == Stage.MISSED;
    }

    private void readHistory(HistoryPlan plan) throws IOException {
        history.ifPresent(HistoryFeed::cancel);
        HistoryFeed feed = new HistoryFeed(session, inbox, roomId, plan, this);
        history = Optional.of(feed);
        feed.ask();
    }

    @Override
    public void onHistory(ChatMessage message) throws OutputException {
        boolean own = message.senderId() == self.userId();
        if (own) {
            pending.remove(message.id());
        }
        printer.message(new PrintedMessage(room, message, own, stage == Stage.HISTORY));
    }

    @Override
    public void onHistoryComplete(long seq) throws OutputException {
        boolean isFirst = stage == Stage.HISTORY;
        stage = Stage.LIVE;
        printedTo = Math.max(printedTo, seq);
        for (Pending line : pending.removeStored(this::hasPassed)) {
            tellStored(line);
        }
        if (isFirst) {
            printer.joined(room, roomId, seq);
        }
    }

    @Override
    public void onMeanwhile(RoomEvent event) throws OutputException {
        boolean own = event.senderId() == self.userId();
        if (own) {
            pending.remove(event.id());
        }
        print(event, own);
    }

    @Override
    public void onHistoryFailed(RequestException refusal) throws OutputException {
        String text = String.valueOf(refusal.getMessage());
        fail(refusal.code().name(), report.texts().get(Text.HISTORY_FAILED, text));
    }

    private void onEvent(RoomEvent event, boolean own) throws IOException {
        if (event.roomId() != roomId || event.seq() <= pastTo) {
            return;
        }
        heardTo = Math.max(heardTo, event.seq());
        if (stage != Stage.LIVE) {
            if (history.isPresent()) {
                history.get().noteLive(event);
            }
        } else if (isNews(event)) {
            if (own) {
                pending.remove(event.id());
            }
            if (ChatMessage.isMessage(event)) {
                printedTo = event.seq();
            }
            print(event, own);
        }
    }

    /// Whether no page of history that was printed has this.
    private boolean isNews(RoomEvent event) {
        return ChatMessage.isMessage(event)
                ? event.seq() > printedTo
                : history.isEmpty() || history.get().pages().isNews(event);
    }

    private void print(RoomEvent event, boolean own) throws OutputException {
        if (ChatMessage.isMessage(event)) {
            printer.message(new PrintedMessage(room, ChatMessage.of(event), own, false));
        } else {
            printer.event(room, event, own);
        }
    }

    /// A post that is stored shows as its event, in the room's order; one whose event was there
    /// before, such as one of an earlier run, has none to come and is shown at once.
    private void onPostChanged(SessionEvent.PostChanged changed) throws OutputException {
        switch (changed.state()) {
            case STORED -> {
                Optional<Pending> line =
                        pending.acknowledge(changed.id(), changed.seq(), changed.timeMillis());
                if (line.isPresent() && stage == Stage.LIVE && hasPassed(line.get())) {
                    pending.remove(changed.id());
                    tellStored(line.get());
                }
            }
            case FAILED -> {
                Optional<Pending> line = pending.remove(changed.id());
                Refusal refusal =
                        changed.refusal().orElseGet(() -> new Refusal(ErrorCode.INTERNAL, ""));
                if (line.isPresent()) {
                    faulty |= posts.onRefused(line.get(), refusal);
                    printer.error(
                            new Fault(
                                    refusal.code().name(),
                                    refusal.text(),
                                    changed.id().toString()));
                }
            }
            case WAITING, SENT -> {}
        }
    }

    /// Whether the event of a stored post was there before, and will not come any more.
    private boolean hasPassed(Pending line) {
        boolean isMessage = line.body() instanceof EventBody.Message;
        return line.storedSeq() <= (isMessage ? Math.max(printedTo, heardTo) : heardTo);
    }

    /// Shows an acknowledged post whose event will not come any more.
    private void tellStored(Pending line) throws OutputException {
        print(
                new RoomEvent(
                        roomId,
                        line.storedSeq(),
                        line.storedMillis(),
                        self.userId(),
                        self.name(),
                        line.id(),
                        line.body()),
                true);
    }

    private void onLine(Notice.InputLine line) throws OutputException {
        Optional<Refusal> refusal =
                posts.onLine(roomId, line.number(), new MessageText(line.text()));
        if (refusal.isPresent()) {
            faulty = true;
            posts.sayRefused(line.number(), refusal.get());
            printer.error(new Fault(refusal.get().code().name(), refusal.get().text(), ""));
        }
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

    /// Whether there is nothing left but to wait for the server: for the room, for acknowledgements
    /// without which the input cannot go on or is over, or for what was said before.
    boolean isWaiting() {
        boolean forLines = pending.unacknowledged() > 0 && (inputEnded || pending.isWindowFull());
        boolean forMessages = stage == Stage.HISTORY || (stage == Stage.MISSED && inputEnded);
        return stage == Stage.ENTERING || (!options.follow() && (forLines || forMessages));
    }

    /// Changes with each step forward.
    long progress() {
        return pending.acknowledgements() + pagesRead;
    }

    @Override
    public void onPage() {
        pagesRead++;
    }

    /// How long it is waited for says [#isWaiting].
    @Override
    public boolean isPatient(int attempts) {
        return true;
    }

    /// The wait took too long.
    ///
    /// @throws OutputException when standard output cannot be written
    void onPatienceOver() throws OutputException {
        if (stage == Stage.ENTERING) {
            fail(ErrorCode.NOT_NOW.name(), report.texts().get(Text.NOT_ENTERED_IN_TIME, wanted()));
            return;
        }
        if (isReading()) {
            report.say(Text.NOT_READ_IN_TIME, options.timeoutInSeconds());
        }
        if (pending.unacknowledged() > 0) {
            report.say(Text.NOT_ACKNOWLEDGED, pending.unacknowledged(), options.timeoutInSeconds());
        }
        end(false);
    }

    /// The room of the command line, for a person.
    private String wanted() {
        return options.roomId().isPresent()
                ? "id:" + options.roomId().getAsLong()
                : room.toString();
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
