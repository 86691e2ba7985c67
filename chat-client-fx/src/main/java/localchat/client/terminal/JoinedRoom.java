package localchat.client.terminal;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import localchat.client.terminal.Mentions.Known;
import localchat.core.model.ChatMessage;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;

/// A room at the terminal: what of it was shown, read and heard. Belongs to the owning thread.
final class JoinedRoom {
    /// Names kept for completion and mentions in one room. Reason: more than anyone looks through.
    private static final int PEOPLE_MAX = 1_000;

    private final RecentMessages recent = new RecentMessages();
    private final Map<String, String> people = new TreeMap<>();
    private final Map<String, Known> known = new LinkedHashMap<>();
    private RoomInfo info;
    private Optional<HistoryFeed> feed = Optional.empty();
    private FoldedPages pages = new FoldedPages();
    private boolean entered;
    private boolean opened;
    private long heardTo;
    private long shownTo;
    private long shownFrom;
    private long readSeq;
    private long headAtEntry;
    private long countedTo;
    private int unread;
    private int mentions;
    private boolean newLineDue;

    JoinedRoom(RoomInfo info) {
        this.info = info;
    }

    long roomId() {
        return info.roomId();
    }

    RoomName name() {
        return info.name();
    }

    RoomInfo info() {
        return info;
    }

    void setInfo(RoomInfo now) {
        info = now;
    }

    boolean isDirect() {
        return info.kind() == RoomKind.DIRECT;
    }

    /// The room was entered on the server, and its log reaches up to here.
    ///
    /// @return whether there is something between what was heard before and that
    boolean enter(long newestSeq) {
        boolean isHole = newestSeq > heardTo;
        entered = true;
        heardTo = newestSeq;
        headAtEntry = Math.max(newestSeq, info.headSeq());
        newLineDue = true;
        return isHole;
    }

    /// Nothing in it is of the time before this person came.
    void takeForNew() {
        headAtEntry = 0;
    }

    /// It is kept on this device up to here.
    void restore(long newestSeq) {
        heardTo = newestSeq;
    }

    /// Whether it was entered on the server in this run, and not only restored.
    boolean isEntered() {
        return entered;
    }

    /// What is known of it belongs to a past that is gone.
    void beginAnew() {
        cancelFeed();
        recent.clear();
        pages = new FoldedPages();
        opened = false;
        heardTo = 0;
        shownTo = 0;
        shownFrom = 0;
        readSeq = 0;
        countedTo = 0;
        unread = 0;
        mentions = 0;
    }

    /// Its history is being read; events that arrive belong to it until [#goLive].
    void read(HistoryFeed now) {
        feed = Optional.of(now);
        pages = now.pages();
        opened = true;
    }

    /// The history that is being read.
    Optional<HistoryFeed> feed() {
        return feed;
    }

    /// What is shown from now on is no history of this room.
    void cancelFeed() {
        feed.ifPresent(HistoryFeed::cancel);
        feed = Optional.empty();
    }

    /// Messages with a higher seq are shown as they come.
    void goLive(long seq) {
        feed = Optional.empty();
        opened = true;
        shownTo = Math.max(shownTo, seq);
    }

    /// Whether something of it was shown at some time.
    boolean isOpened() {
        return opened;
    }

    /// Takes note of an event.
    ///
    /// @return whether it is to be shown or counted now
    boolean takes(RoomEvent event) throws IOException {
        heardTo = Math.max(heardTo, event.seq());
        if (feed.isPresent()) {
            feed.get().noteLive(event);
            return false;
        }
        return ChatMessage.isMessage(event) ? event.seq() > shownTo : pages.isNews(event);
    }

    /// A message was shown.
    void shown(ChatMessage message) {
        shownTo = Math.max(shownTo, message.seq());
        if (shownFrom == 0 || message.seq() < shownFrom) {
            shownFrom = message.seq();
        }
        heard(message);
    }

    /// A message was heard, whether or not it is shown.
    void heard(ChatMessage message) {
        recent.put(message);
        learn(message.senderId(), message.senderName());
    }

    /// The newest event that was heard.
    long heardTo() {
        return heardTo;
    }

    /// Messages up to here were shown, or left out with a line that says so.
    long shownTo() {
        return shownTo;
    }

    /// The oldest message that was shown last; 0 when none was.
    long shownFrom() {
        return shownFrom;
    }

    /// An older part was shown, which begins here.
    void setShownFrom(long seq) {
        shownFrom = seq;
    }

    /// Whether a message is of the time before this person came, though it arrived only now.
    boolean isPast(ChatMessage message) {
        return message.seq() <= headAtEntry;
    }

    /// A message of somebody else came that is not shown. The server's count may have it already.
    void countUnread(ChatMessage message, boolean isMention) {
        if (message.seq() > Math.max(readSeq, countedTo)) {
            unread++;
            mentions += isMention ? 1 : 0;
        }
    }

    /// Where reading was left, and what that leaves of all that the room's log held at entering.
    void setRead(long seq, int unreadNow, int mentionsNow) {
        readSeq = Math.max(readSeq, seq);
        countedTo = Math.max(heardTo, headAtEntry);
        unread = unreadNow;
        mentions = mentionsNow;
    }

    /// What comes next may need the line before what is new.
    void expectNewLine() {
        newLineDue = true;
    }

    /// Whether the line before what is new belongs before this message of somebody else; then it is
    /// drawn once.
    boolean takesNewLine(ChatMessage message) {
        boolean isDue = newLineDue && readSeq > 0 && message.seq() > readSeq;
        newLineDue = newLineDue && !isDue;
        return isDue;
    }

    /// Everything up to here was read; 0 when that is not known.
    long readSeq() {
        return readSeq;
    }

    int unread() {
        return unread;
    }

    int mentions() {
        return mentions;
    }

    RecentMessages recent() {
        return recent;
    }

    /// Somebody is here.
    void came(Person person) {
        if (people.size() < PEOPLE_MAX) {
            people.put(person.name().folded(), person.name().value());
        }
        learn(person.userId(), person.name());
    }

    /// Somebody is here no more.
    void went(Person person) {
        people.remove(person.name().folded());
    }

    /// Somebody here has another name.
    void renamed(PresenceChange change) {
        change.formerName()
                .ifPresent(former -> {
                    people.remove(former.folded());
                    known.remove(former.folded());
                });
        came(change.person());
    }

    /// The names of those who are here, by the folded name.
    Map<String, String> people() {
        return people;
    }

    private void learn(long userId, UserName name) {
        known.remove(name.folded());
        known.put(name.folded(), new Known(userId, name));
        if (known.size() > PEOPLE_MAX) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /// Those who can be mentioned: who are here, and who wrote.
    Collection<Known> known() {
        return known.values();
    }
}
