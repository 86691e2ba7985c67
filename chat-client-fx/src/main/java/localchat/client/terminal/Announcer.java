package localchat.client.terminal;

import java.time.LocalDate;
import java.util.Optional;
import org.jline.utils.AttributedString;

/// Puts on the screen, in the reader's language, what a conversation has to say. Belongs to the
/// owning thread.
final class Announcer {
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
    void message(PrintedMessage message, boolean withRoom) {
        LocalDate messageDay = times.day(message.timeMillis());
        if (!day.equals(Optional.of(messageDay))) {
            day = Optional.of(messageDay);
            screen.print(looks.day(Times.dayInWords(messageDay, texts.locale())));
        }
        screen.print(looks.message(message, withRoom));
    }

    /// Tells what happened. Arguments are shown safely, whoever wrote them.
    void note(Text text, Object... arguments) {
        screen.print(looks.note(words(text, arguments)));
    }

    /// Tells what happened in a room, naming it when it is not the current one.
    void noteIn(JoinedRoom room, boolean isCurrent, Text text, Object... arguments) {
        String prefix = isCurrent ? "" : Looks.roomWord(room.name()) + " ";
        screen.print(looks.note(prefix + words(text, arguments)));
    }

    /// Tells what went wrong.
    void warning(Text text, Object... arguments) {
        warning(words(text, arguments));
    }

    /// Tells what went wrong, in words that are safe.
    void warning(String words) {
        screen.print(looks.warning(words));
    }

    /// Shows a line as it is.
    void line(AttributedString line) {
        screen.print(line);
    }

    /// A text with its arguments made safe.
    String words(Text text, Object... arguments) {
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            safe[i] = ShownText.line(String.valueOf(arguments[i]));
        }
        return texts.get(text, safe);
    }

    Looks looks() {
        return looks;
    }

    Screen screen() {
        return screen;
    }
}
