package localchat.client.terminal;

import java.util.List;
import java.util.Optional;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.model.RoomEvent;

/// Decides which pages to ask for so that the newest messages of a room come out, oldest first, and
/// join what is live without a gap. Pure: it asks nobody, and holds nothing but numbers, so that a
/// long history needs no memory.
///
/// When one page has all that is wanted it is enough. Else the pages are first counted backwards to
/// find where to begin, and then read forwards. Messages that arrive meanwhile are not kept:
/// reading goes on until it has passed them.
final class HistoryPlan {
    /// Messages asked for at once; the server may send fewer.
    static final int PAGE_MESSAGES = 500;

    private long missing;
    private long target;
    private long asked;
    private long countedTo;
    private long printedTo;
    private boolean counting;
    private boolean severalPages;

    /// @param wanted messages, 0 or more
    /// @param newestSeq of the room when it was entered, 0 when there is none
    HistoryPlan(long wanted, long newestSeq) {
        this.missing = wanted;
        this.target = newestSeq;
        this.countedTo = newestSeq + 1;
        this.counting = wanted > 0 && wanted < newestSeq;
        this.printedTo = wanted == 0 ? newestSeq : 0;
    }

    /// A page to ask for.
    record Request(HistoryAnchor anchor, int limit) {}

    /// An event arrived live. It will be part of the history: whoever heard it forgets it.
    void noteLive(long seq) {
        target = Math.max(target, seq);
    }

    /// The page to ask for next; empty when all has come out. May be asked again when a request
    /// failed.
    Optional<Request> next() {
        if (counting) {
            int limit = (int) Math.min(missing, PAGE_MESSAGES);
            return Optional.of(new Request(new HistoryAnchor.Before(countedTo), limit));
        }
        asked = target;
        return printedTo < target
                ? Optional.of(new Request(new HistoryAnchor.After(printedTo), PAGE_MESSAGES))
                : Optional.empty();
    }

    /// Takes the page last asked for and says what of it is to be printed now.
    List<RoomEvent> accept(HistoryMessages page) {
        return counting ? count(page) : print(page.messages());
    }

    private List<RoomEvent> count(HistoryMessages page) {
        List<RoomEvent> messages = page.messages();
        if (messages.size() < missing && page.moreBefore() && !messages.isEmpty()) {
            missing -= messages.size();
            countedTo = messages.getFirst().seq();
            severalPages = true;
            return List.of();
        }
        counting = false;
        int skipped = (int) Math.max(0, messages.size() - missing);
        List<RoomEvent> wanted = messages.subList(skipped, messages.size());
        printedTo = wanted.isEmpty() ? countedTo - 1 : wanted.getFirst().seq() - 1;
        return severalPages ? List.of() : print(wanted);
    }

    private List<RoomEvent> print(List<RoomEvent> messages) {
        long before = printedTo;
        List<RoomEvent> fresh = messages.stream().filter(e -> e.seq() > before).toList();
        printedTo = fresh.isEmpty() ? Math.max(asked, printedTo) : fresh.getLast().seq();
        return fresh;
    }

    /// The seq up to which all has come out.
    long printedTo() {
        return printedTo;
    }
}
