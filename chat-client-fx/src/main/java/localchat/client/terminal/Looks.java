package localchat.client.terminal;

import java.util.List;
import java.util.Optional;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// How the lines at the terminal look.
final class Looks {
    /// Colours of the 256 that are legible on black and on white.
    private static final int[] PEOPLE = {
        32, 35, 37, 63, 71, 97, 99, 130, 133, 136, 161, 166, 168, 173
    };

    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
    private static final AttributedStyle BOLD = AttributedStyle.DEFAULT.bold();

    /// Columns of `HH:MM ` before a name, under which the further lines of a message stand.
    private static final String INDENT = "      ";

    /// Columns that stand free before what is no message, two more on further lines of it.
    static final int INDENT_COLUMNS = 8;

    /// More unread messages than this are not counted for the eye.
    private static final int UNREAD_SHOWN_MAX = 999;

    private final boolean coloured;

    /// @param coloured false for people who set `NO_COLOR`
    Looks(boolean coloured) {
        this.coloured = coloured;
    }

    /// A message.
    AttributedString message(MessageLine message) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append(message.time() + " " + message.place(), FAINT);
        String name = ShownText.line(message.from().value());
        String quote = message.quote().isEmpty() ? "" : " ↳ " + message.quote();
        if (message.action()) {
            line.append("* ", FAINT).append(name, styleOf(message.from()));
            line.append(quote + " ", FAINT);
        } else {
            line.append(name, styleOf(message.from())).append(quote + ": ", FAINT);
        }
        AttributedStyle style = message.isGone() ? FAINT : message.isAddressed() ? BOLD : PLAIN;
        line.append(message.text().getFirst(), style);
        for (String further : message.text().subList(1, message.text().size())) {
            line.append("\n" + INDENT + "  ", FAINT).append(further, style);
        }
        line.append(message.remarks().isEmpty() ? "" : " " + message.remarks(), FAINT);
        return line.toAttributedString();
    }

    /// A person's own colour, the same everywhere.
    private AttributedStyle styleOf(UserName name) {
        if (!coloured) {
            return BOLD;
        }
        int hash = name.folded().hashCode();
        int mixed = (hash ^ (hash >>> 15)) * 0x2C1B3C6D;
        return BOLD.foreground(PEOPLE[Math.floorMod(mixed ^ (mixed >>> 12), PEOPLE.length)]);
    }

    /// What happened beside the messages.
    AttributedString note(String words) {
        return new AttributedString(INDENT + words, FAINT);
    }

    /// What somebody did, with a text of theirs.
    AttributedString event(String words, String text) {
        return new AttributedStringBuilder()
                .append(INDENT + words + " ", FAINT)
                .append(text, PLAIN)
                .toAttributedString();
    }

    /// What went wrong.
    AttributedString warning(String words) {
        AttributedStyle style =
                coloured ? PLAIN.foreground(AttributedStyle.YELLOW) : AttributedStyle.DEFAULT;
        return new AttributedString(INDENT + words, style);
    }

    /// Something else begins: a day, what is new, an older part.
    AttributedString rule(String words) {
        return new AttributedString("── " + words + " ──", FAINT);
    }

    /// A line of a list: what it is about, and what is said of it.
    AttributedString item(String subject, String remark) {
        return new AttributedStringBuilder()
                .append(INDENT)
                .append(subject, BOLD)
                .append(remark.isEmpty() ? "" : "  " + remark, FAINT)
                .toAttributedString();
    }

    /// A person in a list.
    AttributedString person(UserName name, String remark) {
        return new AttributedStringBuilder()
                .append(INDENT)
                .append(ShownText.line(name.value()), styleOf(name))
                .append(remark.isEmpty() ? "" : "  " + remark, FAINT)
                .toAttributedString();
    }

    /// What stands before the line that is typed: the room, and the others with something unread.
    /// It takes at most half of the terminal's width; rooms without a place are counted.
    AttributedString prompt(Optional<JoinedRoom> current, List<JoinedRoom> unread, int columns) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append(current.map(Looks::roomWord).orElse(""), FAINT);
        int left = unread.size();
        for (JoinedRoom room : unread) {
            String mark = " " + roomWord(room) + " " + unreadMark(room);
            boolean isLast = left == 1;
            int rest = isLast ? 0 : (" +" + left).length();
            if (line.columnLength() + new AttributedString(mark).columnLength() + rest
                    > columns / 2) {
                break;
            }
            line.append(mark, room.mentions() > 0 || room.isDirect() ? BOLD : FAINT);
            left--;
        }
        line.append(left > 0 ? " +" + left : "", FAINT);
        return line.append("> ", BOLD).toAttributedString();
    }

    /// How much of a room is unread: `(3)`, or `(3 @1)` when one of them mentions the reader.
    static String unreadMark(JoinedRoom room) {
        String mentions = room.mentions() > 0 ? " @" + shortened(room.mentions()) : "";
        return "(" + shortened(room.unread()) + mentions + ")";
    }

    private static String shortened(int count) {
        return count > UNREAD_SHOWN_MAX ? UNREAD_SHOWN_MAX + "+" : Integer.toString(count);
    }

    /// A room as people write it: `#general`, or `@Ana` for direct messages.
    static String roomWord(JoinedRoom room) {
        return roomWord(room.info());
    }

    /// As [#roomWord(JoinedRoom)].
    static String roomWord(RoomInfo info) {
        return info.kind() == RoomKind.DIRECT
                ? "@" + ShownText.line(directName(info))
                : roomWord(info.name());
    }

    /// A person's name may be none for a room.
    private static String directName(RoomInfo info) {
        return info.peer().map(peer -> peer.name().value()).orElse(info.name().value());
    }

    /// A room as people write it.
    static String roomWord(RoomName room) {
        return "#" + ShownText.line(room.value());
    }
}
