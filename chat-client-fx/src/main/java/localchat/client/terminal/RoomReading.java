package localchat.client.terminal;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import localchat.core.client.ConnectionState;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.client.RequestException;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;
import org.jspecify.annotations.Nullable;

/// Shows what the rooms hold: the newest messages when a room comes to the front, what happens in
/// it while it is there, older parts on demand. Messages of the other rooms are counted; those that
/// speak to this person are shown as well. Belongs to the owning thread.
final class RoomReading {
    /// Messages shown when a room is opened and the person asked for no number.
    private static final long OPENED_DEFAULT = 20;

    /// Most unread messages that are shown when a room comes to the front; before them a line says
    /// that there are more. Reason: one page of the server's, some screens full.
    private static final long UNREAD_SHOWN_MAX = 100;

    /// Lines of a screen that a part of the past leaves free.
    private static final int LINES_LEFT = 4;

    private static final int PART_MIN = 10;

    private final Conversation chat;
    private final Announcer announcer;
    private final EventWords words;
    private final long opened;
    private Optional<HistoryFeed> part = Optional.empty();
    private boolean leavesOut;

    /// @param opened messages shown when a room is opened; empty for the default
    RoomReading(Conversation chat, OptionalLong opened) {
        this.chat = chat;
        this.announcer = chat.announcer();
        this.words = new EventWords(announcer);
        this.opened = opened.orElse(OPENED_DEFAULT);
    }

    /// Puts a room in front and shows what of it was not shown yet.
    void bringToFront(JoinedRoom room) throws IOException {
        chat.rooms().current().filter(former -> former != room).ifPresent(JoinedRoom::cancelFeed);
        chat.rooms().show(room);
        if (room.isOpened()) {
            announcer.note(Text.SWITCHED, Looks.roomWord(room));
        } else {
            greet(room);
        }
        catchUp(room);
        tellWaiting(room);
    }

    private void greet(JoinedRoom room) {
        int online = room.info().online();
        if (online > 1) {
            announcer.note(Text.ENTERED, Looks.roomWord(room), online);
        } else {
            announcer.note(Text.ENTERED_ALONE, Looks.roomWord(room));
        }
        if (!room.info().topic().isBlank()) {
            announcer.note(Text.TOPIC_IS, room.info().topic());
        }
    }

    /// The room in front was entered by name or restored before: says so, and shows what was
    /// missed.
    void onEnteredInFront(JoinedRoom room) throws IOException {
        greet(room);
        catchUp(room);
    }

    /// Shows what of a room in front was not shown yet, up to what was heard of it.
    void catchUp(JoinedRoom room) throws IOException {
        long wanted = Math.min(room.unread(), UNREAD_SHOWN_MAX);
        if (!room.isOpened() || room.feed().isPresent()) {
            wanted = Math.max(wanted, opened);
        } else {
            wanted = Math.max(wanted, Math.min(opened, room.heardTo() - room.shownTo()));
        }
        room.cancelFeed();
        HistoryPlan plan = new HistoryPlan(wanted, room.shownTo(), room.heardTo());
        HistoryFeed feed =
                new HistoryFeed(
                        chat.session(), chat.inbox(), room.roomId(), plan, new Newest(room));
        room.read(feed);
        feed.ask();
    }

    /// The connection is back and the room is entered: what was not answered is asked again.
    void askAgain(JoinedRoom room) throws IOException {
        if (room.feed().isPresent()) {
            room.feed().get().noteNewest(room.heardTo());
            room.feed().get().ask();
        }
        if (part.isPresent() && chat.rooms().isCurrent(room)) {
            part.get().ask();
        }
    }

    /// Shows at once what is kept of a room on this device.
    void showRestored(JoinedRoom room) {
        room.expectNewLine();
        for (ChatMessage message : room.recent().last(opened)) {
            showPast(room, message);
        }
        room.goLive(room.heardTo());
    }

    /// Shows what this person wrote and the server will not have soon.
    private void tellWaiting(JoinedRoom room) {
        boolean isConnected = chat.session().state() == ConnectionState.CONNECTED;
        for (OwnPosts.Post post : chat.posts().ofRoom(room.roomId())) {
            if (post.failed() || !isConnected) {
                tellWaiting(post);
            }
        }
    }

    /// Shows one post that the server does not have yet.
    void tellWaiting(OwnPosts.Post post) {
        if (post.failed()) {
            announcer.warning(Text.POST_FAILED_BEFORE, post.text());
        } else if (post.body() instanceof EventBody.Message message) {
            announcer.waiting(chat.self().name(), message);
        }
    }

    /// Something happened in a room.
    void onEvent(JoinedRoom room, RoomEvent event) throws IOException {
        boolean isShown = room.takes(event);
        if (ChatMessage.isMessage(event)) {
            onMessage(room, ChatMessage.of(event), isShown);
        } else if (isShown
                && chat.rooms().isCurrent(room)
                && !chat.self().hasBlocked(event.senderId())) {
            words.tell(room, event);
        }
        // Only now, so that a line which names a message by its words has those that were there.
        room.recent().take(event);
    }

    private void onMessage(JoinedRoom room, ChatMessage message, boolean isShown) {
        if (!isShown) {
            return;
        }
        if (chat.rooms().isCurrent(room)) {
            if (room.isPast(message)) {
                showPast(room, message);
            } else {
                show(room, message);
            }
            chat.marks().read(room.roomId(), message.seq());
            room.setRead(message.seq(), 0, 0);
            return;
        }
        room.heard(message);
        boolean isBlocked = chat.self().hasBlocked(message.senderId());
        if (chat.self().wrote(message) || message.isGone() || isBlocked) {
            return;
        }
        boolean isMention = chat.self().isMentioned(message);
        room.countUnread(message, isMention);
        if ((isMention || room.isDirect()) && !room.isPast(message)) {
            announcer.message(room, message, true, isMention);
        }
        chat.rooms().refreshPrompt();
    }

    /// Shows a message from before, with a line before the first one that was not read.
    private void showPast(JoinedRoom room, ChatMessage message) {
        boolean isOfOthers =
                !chat.self().wrote(message) && !chat.self().hasBlocked(message.senderId());
        if (isOfOthers && room.takesNewLine(message)) {
            announcer.newLine();
        }
        show(room, message);
    }

    private void show(JoinedRoom room, ChatMessage message) {
        room.shown(message);
        print(room, message);
    }

    /// Of the messages of people whom this person has blocked, one line stands for as many as come
    /// one after the other.
    private void print(JoinedRoom room, ChatMessage message) {
        boolean isBlocked = chat.self().hasBlocked(message.senderId());
        if (!isBlocked) {
            announcer.message(room, message, false, chat.self().isMentioned(message));
        } else if (!leavesOut) {
            announcer.note(Text.BLOCKED_MESSAGES);
        }
        leavesOut = isBlocked;
    }

    /// Shows the newest messages of the room in front as they come.
    private final class Newest implements HistoryFeed.Reader {
        private final JoinedRoom room;
        private final long shownBefore;
        private boolean hasBegun;

        Newest(JoinedRoom room) {
            this.room = room;
            room.expectNewLine();
            this.shownBefore = room.shownTo();
        }

        @Override
        public void onHistory(ChatMessage message) {
            if (!hasBegun) {
                hasBegun = true;
                tellSkipped();
            }
            showPast(room, message);
        }

        private void tellSkipped() {
            long skipped = room.feed().map(HistoryFeed::skipped).orElse(0L);
            if (skipped > 0 && shownBefore > 0) {
                announcer.note(Text.NOT_SHOWN, skipped);
                room.setShownFrom(0);
            }
        }

        @Override
        public void onHistoryComplete(long seq) {
            room.goLive(seq);
            chat.marks().read(room.roomId(), seq);
            room.setRead(seq, 0, 0);
            chat.rooms().refreshPrompt();
        }

        @Override
        public void onMeanwhile(RoomEvent event) {
            words.tell(room, event);
        }

        @Override
        public void onHistoryFailed(RequestException refusal) {
            announcer.warning(Text.HISTORY_FAILED, String.valueOf(refusal.getMessage()));
            room.goLive(0);
        }
    }

    /// Shows a part of the past.
    ///
    /// @param count messages before those shown; 0 for a screen full
    void showOlder(JoinedRoom room, long count) throws IOException {
        part.ifPresent(HistoryFeed::cancel);
        long before = room.shownFrom() > 0 ? room.shownFrom() : room.heardTo() + 1;
        if (before <= 1) {
            announcer.note(Text.NOTHING_BEFORE);
            return;
        }
        long wanted = count > 0 ? count : screenful();
        HistoryPlan plan = new HistoryPlan(wanted, 0, before - 1);
        HistoryFeed feed =
                new HistoryFeed(
                        chat.session(), chat.inbox(), room.roomId(), plan, new Part(room, before));
        part = Optional.of(feed);
        feed.ask();
    }

    private int screenful() {
        return Math.max(PART_MIN, announcer.screen().rows() - LINES_LEFT);
    }

    /// Shows a screen full from a day on.
    void showFrom(JoinedRoom room, LocalDate day) {
        part.ifPresent(HistoryFeed::cancel);
        part = Optional.empty();
        long millis = announcer.times().millisOf(day);
        var _ =
                chat.session()
                        .history(room.roomId(), new HistoryAnchor.FromTime(millis), screenful())
                        .whenComplete((page, failure) ->
                                chat.inbox()
                                        .putNow(
                                                new Notice.Later(
                                                        () -> onFrom(room, page, failure))));
    }

    private void onFrom(
            JoinedRoom room, @Nullable HistoryMessages page, @Nullable Throwable failure) {
        if (page == null) {
            onRefused(HistoryFeed.refusal(failure));
            return;
        }
        if (page.messages().isEmpty()) {
            announcer.note(Text.NOTHING_SINCE);
            return;
        }
        Part shown = new Part(room, Long.MAX_VALUE);
        page.messages().forEach(shown::show);
        shown.end(page.moreBefore());
    }

    private void onRefused(RequestException refusal) {
        if (refusal.code() == ErrorCode.NOT_NOW) {
            announcer.warning(Text.NOT_CONNECTED);
        } else {
            announcer.warning(Text.HISTORY_FAILED, String.valueOf(refusal.getMessage()));
        }
    }

    /// A part of the past, between two lines that set it apart.
    private final class Part implements HistoryFeed.Reader {
        private final JoinedRoom room;
        private final long before;
        private long firstSeq;

        /// @param before this seq it ends
        Part(JoinedRoom room, long before) {
            this.room = room;
            this.before = before;
        }

        @Override
        public void onHistory(ChatMessage message) {
            // A page may reach further than it needs to.
            if (message.seq() < before) {
                show(message);
            }
        }

        void show(ChatMessage message) {
            if (firstSeq == 0) {
                firstSeq = message.seq();
                announcer.rule(Text.OLDER, Looks.roomWord(room));
            }
            room.heard(message);
            print(room, message);
        }

        @Override
        public void onHistoryComplete(long seq) {
            boolean moreBefore = part.map(HistoryFeed::skipped).orElse(0L) > 0;
            part = Optional.empty();
            if (firstSeq == 0) {
                announcer.note(Text.NOTHING_BEFORE);
            } else {
                end(moreBefore);
            }
        }

        void end(boolean moreBefore) {
            room.setShownFrom(firstSeq);
            announcer.rule(moreBefore ? Text.OLDER_END : Text.OLDER_ALL);
        }

        @Override
        public void onMeanwhile(RoomEvent event) {}

        @Override
        public void onHistoryFailed(RequestException refusal) {
            part = Optional.empty();
            onRefused(refusal);
        }

        @Override
        public void onNotConnected() {
            part.ifPresent(HistoryFeed::cancel);
            part = Optional.empty();
            announcer.warning(Text.NOT_CONNECTED);
        }
    }
}
