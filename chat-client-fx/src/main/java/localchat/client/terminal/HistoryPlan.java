package localchat.client.terminal;

import java.util.List;
import java.util.Optional;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.model.ChatMessage;

/// Decides which pages to ask for so that the newest messages of a room come out, oldest first, and
/// join what is live without a gap. Pure: it asks nobody, and holds nothing but numbers, so that a
/// long history needs no memory.
///
/// When one page has all that is wanted it is enough. Else the pages are first counted backwards to
/// find where to begin, and then read forwards. Messages are counted, not seqs: edits, reactions
/// and the like take up seqs too. Messages that arrive meanwhile are not kept: reading goes on
/// until it has passed them.
final class HistoryPlan {
    /// Messages asked for at once; the server may send fewer.
    static final int PAGE_MESSAGES = 500;

    private final long floor;
    private long missing;
    private long target;
    private long asked;
    private long countedTo;
    private long printedTo;
    private long skipped;
    private boolean counting;
    private boolean severalPages;
    private boolean stuck;

    /// @param wanted messages, 0 or more; [Long#MAX_VALUE] for all
    /// @param floorSeq everything up to here is known already and does not come out
    /// @param newestSeq of the room when it was entered, 0 when there is none
    HistoryPlan(long wanted, long floorSeq, long newestSeq) {
        this.missing = wanted;
        this.floor = floorSeq;
        this.target = newestSeq;
        this.countedTo = newestSeq + 1;
        this.counting = wanted > 0 && wanted < newestSeq - floorSeq;
        this.printedTo = wanted == 0 ? Math.max(floorSeq, newestSeq) : floorSeq;
        this.skipped = wanted == 0 ? Math.max(0, newestSeq - floorSeq) : 0;
    }

    /// A page to ask for.
    record Request(HistoryAnchor anchor, int limit) {}

    /// A message arrived live. It will be part of the history: whoever heard it forgets it.
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
    List<ChatMessage> accept(HistoryMessages page) {
        boolean wasCounting = counting;
        long from = counting ? countedTo : printedTo;
        List<ChatMessage> printed = counting ? count(page) : print(page);
        stuck = counting == wasCounting && from == (counting ? countedTo : printedTo);
        return printed;
    }

    /// Whether the last page brought nothing on, so that the same one is to be asked for again.
    boolean isStuck() {
        return stuck;
    }

    private List<ChatMessage> count(HistoryMessages page) {
        List<ChatMessage> fresh = page.messages().stream().filter(m -> m.seq() > floor).toList();
        boolean isAll = fresh.size() < page.messages().size() || !page.moreBefore();
        if (fresh.size() < missing && !isAll && !fresh.isEmpty()) {
            missing -= fresh.size();
            countedTo = fresh.getFirst().seq();
            severalPages = true;
            return List.of();
        }
        counting = false;
        int surplus = (int) Math.max(0, fresh.size() - missing);
        List<ChatMessage> wanted = fresh.subList(surplus, fresh.size());
        printedTo = wanted.isEmpty() ? countedTo - 1 : wanted.getFirst().seq() - 1;
        skipped = surplus > 0 || !isAll ? printedTo - floor : 0;
        if (severalPages) {
            return List.of();
        }
        // Behind the newest of this page there is no message up to where it was asked for, unless
        // whoever made it knew less.
        long known = Math.min(countedTo - 1, page.trueAsOfSeq());
        printedTo = Math.max(wanted.isEmpty() ? floor : wanted.getLast().seq(), known);
        return wanted;
    }

    private List<ChatMessage> print(HistoryMessages page) {
        long before = printedTo;
        List<ChatMessage> fresh = page.messages().stream().filter(m -> m.seq() > before).toList();
        if (!fresh.isEmpty()) {
            printedTo = fresh.getLast().seq();
        }
        if (!page.moreAfter()) {
            printedTo = Math.max(printedTo, page.trueAsOfSeq());
        }
        return fresh;
    }

    /// Whoever was asked has no more: what was known to be missing when the last page was asked for
    /// counts as read.
    void giveUp() {
        counting = false;
        printedTo = Math.max(printedTo, asked);
    }

    /// The seq up to which all has come out.
    long printedTo() {
        return printedTo;
    }

    /// Seqs between what was known before and what came out first: at most so many messages were
    /// left out. 0 when none was.
    long skipped() {
        return skipped;
    }
}
