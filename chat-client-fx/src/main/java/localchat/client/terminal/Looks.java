package localchat.client.terminal;

import java.util.List;
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

    private final boolean coloured;
    private final Times times;

    /// @param coloured false for people who set `NO_COLOR`
    Looks(boolean coloured, Times times) {
        this.coloured = coloured;
        this.times = times;
    }

    /// A message.
    ///
    /// @param withRoom whether to say in which room, for another than the current one
    AttributedString message(PrintedMessage message, boolean withRoom) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append(times.hourAndMinute(message.timeMillis()) + " ", FAINT);
        if (withRoom) {
            line.append(roomWord(message.room()) + " ", FAINT);
        }
        String name = ShownText.line(message.from().value());
        if (message.action()) {
            line.append("* ", FAINT).append(name, styleOf(message.from())).append(" ");
        } else {
            line.append(name, styleOf(message.from())).append(": ", FAINT);
        }
        List<String> text = ShownText.lines(message.text());
        line.append(text.getFirst(), PLAIN);
        for (String further : text.subList(1, text.size())) {
            line.append("\n" + INDENT + "  ", FAINT).append(further, PLAIN);
        }
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

    /// What went wrong.
    AttributedString warning(String words) {
        AttributedStyle style =
                coloured ? PLAIN.foreground(AttributedStyle.YELLOW) : AttributedStyle.DEFAULT;
        return new AttributedString(INDENT + words, style);
    }

    /// A new day begins.
    AttributedString day(String words) {
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

    /// What stands before the line that is typed.
    AttributedString prompt(String room) {
        return new AttributedStringBuilder()
                .append(room.isEmpty() ? "" : room, FAINT)
                .append("> ", BOLD)
                .toAttributedString();
    }

    /// A room as people write it.
    static String roomWord(RoomName room) {
        return "#" + ShownText.line(room.value());
    }
}
