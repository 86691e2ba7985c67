package localchat.client.terminal;

import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.Role;
import localchat.core.model.TombstoneCause;
import localchat.core.model.UserName;
import org.jline.utils.AttributedString;

/// Puts on the screen, in the reader's language, what a conversation has to say. Belongs to the
/// owning thread.
final class Announcer {
    /// From this width on each message shows its number. Reason: on less, a sixth of the line would
    /// be spent on it.
    static final int NUMBERS_COLUMNS_MIN = 60;

    /// Characters of a message that stand for it where numbers are not shown.
    private static final int QUOTE_CHARACTERS_MAX = 16;

    /// Columns of the commands in the list of help.
    private static final int USAGE_COLUMNS = 26;

    private final Screen screen;
    private final Texts texts;
    private final Looks looks;
    private final Times times;
    private Optional<LocalDate> day = Optional.empty();

    Announcer(Screen screen, Texts texts, Looks looks, Times times) {
        this.screen = screen;
        this.texts = texts;
        this.looks = looks;
        this.times = times;
    }

    /// Shows a message, after a line with its day when that is another than the last one's.
    ///
    /// @param withRoom whether to say in which room, for another than the current one
    /// @param isAddressed whether it speaks to the reader
    void message(JoinedRoom room, ChatMessage message, boolean withRoom, boolean isAddressed) {
        LocalDate messageDay = times.day(message.timeMillis());
        if (!day.equals(Optional.of(messageDay))) {
            day = Optional.of(messageDay);
            screen.print(looks.rule(Times.dayInWords(messageDay, texts.locale())));
        }
        String place =
                (withRoom ? Looks.roomWord(room) + " " : "")
                        + (hasNumbers() ? "#" + message.seq() + " " : "");
        screen.print(
                looks.message(
                        new MessageLine(
                                times.hourAndMinute(message.timeMillis()),
                                place,
                                message.senderName(),
                                message.body() instanceof EventBody.Message said && said.action(),
                                quote(room, message),
                                lines(message),
                                !(message.body() instanceof EventBody.Message),
                                isAddressed,
                                remarks(message))));
    }

    /// Shows a message of the reader's own that is not sent yet.
    void waiting(UserName self, EventBody.Message body) {
        screen.print(
                looks.message(
                        new MessageLine(
                                "  …  ",
                                "",
                                self,
                                body.action(),
                                "",
                                ShownText.lines(body.text().value()),
                                false,
                                false,
                                "(" + texts.get(Text.MESSAGE_WAITING) + ")")));
    }

    private String quote(JoinedRoom room, ChatMessage message) {
        if (!(message.body() instanceof EventBody.Message(_, long target, _, _)) || target == 0) {
            return "";
        }
        String name =
                room.recent()
                        .find(target)
                        .map(replied -> ShownText.line(replied.senderName().value()) + " ")
                        .orElse("");
        return hasNumbers() || name.isEmpty() ? name + "#" + target : name.strip();
    }

    private List<String> lines(ChatMessage message) {
        return switch (message.body()) {
            case EventBody.Message said -> ShownText.lines(said.text().value());
            case EventBody.Tombstone(TombstoneCause cause, _) ->
                    List.of(
                            inBrackets(
                                    cause == TombstoneCause.EXPIRED
                                            ? Text.MESSAGE_EXPIRED
                                            : Text.MESSAGE_DELETED));
            default -> List.of(inBrackets(Text.MESSAGE_UNKNOWN));
        };
    }

    private String inBrackets(Text text) {
        return "(" + texts.get(text) + ")";
    }

    private String remarks(ChatMessage message) {
        String remarks =
                (message.editedMillis() > 0 ? inBrackets(Text.MESSAGE_EDITED) + " " : "")
                        + (message.pinned() ? inBrackets(Text.MESSAGE_PINNED) + " " : "")
                        + message.reactions().stream()
                                .map(tally ->
                                        ShownText.line(tally.emoji().value())
                                                + (tally.count() > 1 ? tally.count() : ""))
                                .collect(Collectors.joining(" "));
        return remarks.strip();
    }

    private boolean hasNumbers() {
        return screen.columns() >= NUMBERS_COLUMNS_MIN;
    }

    /// How a line names a message: by its number, or by its first words where numbers are not
    /// shown.
    String reference(JoinedRoom room, long seq) {
        Optional<ChatMessage> message = room.recent().find(seq);
        if (!hasNumbers()
                && message.isPresent()
                && message.get().body() instanceof EventBody.Message said) {
            String text = said.text().value().strip();
            boolean isLong = text.codePointCount(0, text.length()) > QUOTE_CHARACTERS_MAX;
            String first =
                    isLong
                            ? text.substring(0, text.offsetByCodePoints(0, QUOTE_CHARACTERS_MAX))
                            : text;
            return "“" + ShownText.line(first) + (isLong ? "…" : "") + "”";
        }
        return "#" + seq;
    }

    /// The line before what was not read yet.
    void newLine() {
        screen.print(looks.rule(texts.get(Text.NEW)));
    }

    /// A line that parts what comes from what was before it; the next message says its day again.
    void rule(Text text, Object... arguments) {
        day = Optional.empty();
        screen.print(looks.rule(words(text, arguments)));
    }

    /// Tells what happened. Arguments are shown safely, whoever wrote them.
    void note(Text text, Object... arguments) {
        wrapped(words(text, arguments)).forEach(line -> screen.print(looks.note(line)));
    }

    /// Shows what a command does.
    void help(Command.Entry entry) {
        String words = texts.get(entry.help());
        if (hasNumbers()) {
            int columns = screen.columns() - Looks.INDENT_COLUMNS - USAGE_COLUMNS;
            String usage = entry.usage();
            for (String line : Wrap.lines(words, columns)) {
                screen.print(looks.item(("%-" + USAGE_COLUMNS + "s").formatted(usage), line));
                usage = "";
            }
        } else {
            screen.print(looks.item(entry.usage(), ""));
            wrapped(words).forEach(line -> screen.print(looks.note("  " + line)));
        }
    }

    /// The lines that words of this program's take.
    private List<String> wrapped(String words) {
        return Wrap.lines(words, screen.columns() - Looks.INDENT_COLUMNS);
    }

    /// Tells what somebody did, and what they wrote with it.
    void event(String text, Text words, Object... arguments) {
        screen.print(looks.event(words(words, arguments), ShownText.line(text)));
    }

    /// Tells what went wrong.
    void warning(Text text, Object... arguments) {
        warning(words(text, arguments));
    }

    /// Tells what went wrong, in words that are safe.
    void warning(String words) {
        wrapped(words).forEach(line -> screen.print(looks.warning(line)));
    }

    /// A role in words.
    String role(Role role) {
        return texts.get(
                switch (role) {
                    case MEMBER -> Text.ROLE_MEMBER;
                    case MODERATOR -> Text.ROLE_MODERATOR;
                    case ADMIN -> Text.ROLE_ADMIN;
                });
    }

    /// Shows a line as it is.
    void line(AttributedString line) {
        screen.print(line);
    }

    /// A text with its arguments made safe.
    String words(Text text, Object... arguments) {
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            safe[i] =
                    arguments[i] instanceof Long number
                            ? NumberFormat.getIntegerInstance(texts.locale()).format(number)
                            : ShownText.line(String.valueOf(arguments[i]));
        }
        return texts.get(text, safe);
    }

    Looks looks() {
        return looks;
    }

    Times times() {
        return times;
    }

    Screen screen() {
        return screen;
    }
}
