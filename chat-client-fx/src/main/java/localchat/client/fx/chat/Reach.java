package localchat.client.fx.chat;

import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;

/// How far a timeline reaches: whether there is more before it or after it, and whether something
/// may be missing inside. Decides how a page of history is joined to it. Belongs to the JavaFX
/// thread.
final class Reach {
    private final ReadOnlyBooleanWrapper moreAfter =
            new ReadOnlyBooleanWrapper(this, "moreAfter", false);
    private boolean moreBefore = true;
    private boolean doubtful;

    /// Highest seq of a message that came live.
    private long newestMessage;

    ReadOnlyBooleanProperty moreAfterProperty() {
        return moreAfter.getReadOnlyProperty();
    }

    boolean hasMoreAfter() {
        return moreAfter.get();
    }

    boolean hasMoreBefore() {
        return moreBefore;
    }

    void setMoreBefore(boolean more) {
        moreBefore = more;
    }

    /// Whether something may be missing between what is here and what comes live.
    boolean isDoubtful() {
        return doubtful;
    }

    void setDoubtful(boolean now) {
        doubtful = now;
    }

    /// A message came live, whether there was a place for it or not.
    void saw(long seq) {
        newestMessage = Math.max(newestMessage, seq);
    }

    /// Nothing is here any more.
    void forget() {
        moreBefore = true;
        moreAfter.set(false);
        doubtful = false;
        newestMessage = 0;
    }

    /// Joins a page to what is here.
    ///
    /// @param oldest the oldest seq here, above all others when nothing is
    /// @param newest the newest seq here, 0 when nothing is
    /// @return what is below this seq does not meet the page and has to go
    long join(HistoryMessages page, HistoryAnchor anchor, long oldest, long newest) {
        boolean empty = page.messages().isEmpty();
        long first = empty ? 0 : page.messages().getFirst().seq();
        long last = empty ? 0 : page.messages().getLast().seq();
        return switch (anchor) {
            case HistoryAnchor.Before _ -> {
                moreBefore = page.moreBefore() && !empty;
                yield 0;
            }
            case HistoryAnchor.After _ -> {
                setMoreAfter(page);
                yield 0;
            }
            case HistoryAnchor.Newest _ -> {
                boolean meets = !doubtful && !moreAfter.get() && first <= newest;
                if (!meets || first <= oldest) {
                    moreBefore = page.moreBefore();
                }
                doubtful = false;
                setMoreAfter(page);
                yield meets ? 0 : first;
            }
            case HistoryAnchor.Around _, HistoryAnchor.FromTime _ -> {
                boolean meets = !empty && first <= newest && last >= oldest;
                if (!empty && (!meets || first <= oldest)) {
                    moreBefore = page.moreBefore();
                }
                if (!empty && (!meets || last >= newest)) {
                    setMoreAfter(page);
                }
                yield meets || empty ? 0 : Long.MAX_VALUE;
            }
        };
    }

    private void setMoreAfter(HistoryMessages page) {
        // Something came live while there was no place for it here, and the page is older.
        boolean missed =
                moreAfter.get() && newestMessage > page.trueAsOfSeq() && !page.messages().isEmpty();
        moreAfter.set(page.moreAfter() || missed);
    }

    /// Whether nothing after this seq is missing before the newest one here.
    ///
    /// @param oldest the oldest seq here; empty when nothing is
    boolean covers(OptionalLong seq, OptionalLong oldest) {
        return seq.isPresent()
                && !doubtful
                && (!moreBefore
                        || (oldest.isPresent() && oldest.getAsLong() <= seq.getAsLong() + 1));
    }
}
