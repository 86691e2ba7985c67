package localchat.client.fx.chat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import localchat.client.fx.chat.MessageRow.Content;
import localchat.client.fx.chat.MessageRow.Placement;

/// Says how each row of a timeline stands to the one before it: where days, groups and what is
/// unread begin. Belongs to the JavaFX thread.
final class Placing {
    /// Longest pause inside a group of messages by one author, in milliseconds. Reason: five
    /// minutes is where other chats begin a new block, too.
    static final long GROUP_PAUSE_MILLIS = 5 * 60 * 1000;

    private final ZoneId zone;
    private final List<MessageRow> rows;
    private OptionalLong unreadAfter = OptionalLong.empty();
    private long unreadSeq;

    /// @param rows changed here only in their placement
    Placing(ZoneId zone, List<MessageRow> rows) {
        this.zone = zone;
        this.rows = rows;
    }

    /// After which seq everything is unread; empty when there is no unread line.
    OptionalLong unreadAfter() {
        return unreadAfter;
    }

    /// Seq of the row with the unread line above it; 0 for none.
    long unreadSeq() {
        return unreadSeq;
    }

    /// Where the unread line belongs from now on.
    ///
    /// @param stored how many rows the server has
    /// @param covered whether no row between that seq and the first one is missing
    void setUnreadAfter(OptionalLong seq, int stored, boolean covered) {
        unreadAfter = seq;
        relocateUnread(stored, covered);
    }

    /// Draws the unread line where it belongs now.
    void relocateUnread(int stored, boolean covered) {
        long before = unreadSeq;
        unreadSeq = covered ? firstUnread(stored) : 0;
        if (before != unreadSeq) {
            for (int i = 0; i < stored; i++) {
                long seq = rows.get(i).seq();
                if (seq == before || seq == unreadSeq) {
                    reflow(i);
                }
            }
        }
    }

    private long firstUnread(int stored) {
        if (unreadAfter.isEmpty()) {
            return 0;
        }
        long after = unreadAfter.getAsLong();
        long first = 0;
        for (int i = stored - 1; i >= 0 && rows.get(i).seq() > after; i--) {
            MessageRow row = rows.get(i);
            boolean byOther = !row.author().self() && !(row.content() instanceof Content.Note);
            first = byOther ? row.seq() : first;
        }
        return first;
    }

    /// The row with the place it has at this index.
    MessageRow placed(int index, MessageRow row) {
        return index == 0 ? row.with(first(row)) : placed(rows.get(index - 1), row);
    }

    /// The row with the place it has after another one.
    MessageRow placed(MessageRow before, MessageRow row) {
        boolean startsDay = !day(before).equals(day(row));
        boolean startsUnread = startsUnread(row);
        boolean startsGroup =
                startsDay
                        || startsUnread
                        || before.author().userId() != row.author().userId()
                        || isAlone(before)
                        || isAlone(row)
                        || row.said().flatMap(Content.Said::quote).isPresent()
                        || row.timeMillis() - before.timeMillis() > GROUP_PAUSE_MILLIS;
        return row.with(new Placement(startsDay, startsUnread, startsGroup));
    }

    /// The row now at `index` got another one before it.
    void reflow(int index) {
        if (index < rows.size()) {
            MessageRow row = rows.get(index);
            MessageRow now = placed(index, row);
            if (!now.placement().equals(row.placement())) {
                rows.set(index, now);
            }
        }
    }

    private Placement first(MessageRow row) {
        return new Placement(true, startsUnread(row), true);
    }

    private boolean startsUnread(MessageRow row) {
        return unreadSeq > 0 && row.seq() == unreadSeq;
    }

    private static boolean isAlone(MessageRow row) {
        return switch (row.content()) {
            case Content.Said said -> said.action();
            case Content.Note _ -> true;
            case Content.Gone _, Content.Unreadable _ -> false;
        };
    }

    private LocalDate day(MessageRow row) {
        return Instant.ofEpochMilli(row.timeMillis()).atZone(zone).toLocalDate();
    }
}
