package localchat.client.fx.chat;

import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import localchat.core.model.MessageText;

/// The text being written, what it will be, and how much room is left for it. Belongs to the JavaFX
/// thread.
public final class ComposerViewModel {
    /// From so many bytes left on the limit is spelled out. Reason: a line or two of warning.
    static final int WARNING_BYTES = 400;

    private static final String ACTION = "/me ";

    /// A text ready to be posted.
    record Draft(MessageText text, boolean action) {}

    /// What is being written in a room that is not shown, to be gone on with.
    ///
    /// @param setAside what was being written when an edit began
    record Unfinished(ComposerMode mode, String text, String setAside) {
        static final Unfinished NOTHING = of("");

        /// A message of its own.
        static Unfinished of(String text) {
            return new Unfinished(new ComposerMode.Plain(), text, "");
        }

        /// What is being written for the room, which an edit is not.
        String ownText() {
            return mode instanceof ComposerMode.Editing ? setAside : text;
        }

        /// All that is written, an edit as well.
        String everything() {
            return setAside.isBlank() ? text : setAside + "\n" + text;
        }

        /// With something written before it.
        Unfinished after(String first) {
            return mode instanceof ComposerMode.Editing
                    ? new Unfinished(mode, text, first + setAside)
                    : new Unfinished(mode, first + text, setAside);
        }
    }

    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final ReadOnlyIntegerWrapper bytesLeft =
            new ReadOnlyIntegerWrapper(this, "bytesLeft", MessageText.BYTES_MAX);
    private final ReadOnlyObjectWrapper<ComposerMode> mode =
            new ReadOnlyObjectWrapper<>(this, "mode", new ComposerMode.Plain());

    /// What was being written when an edit began.
    private String setAside = "";

    ComposerViewModel() {
        text.addListener((observable, before, now) -> bytesLeft.set(left()));
    }

    /// The text being written.
    public StringProperty textProperty() {
        return text;
    }

    /// What it will be.
    public ReadOnlyObjectProperty<ComposerMode> modeProperty() {
        return mode.getReadOnlyProperty();
    }

    /// Bytes of UTF-8 that still fit; below 0 the text is too long.
    public ReadOnlyIntegerProperty bytesLeftProperty() {
        return bytesLeft.getReadOnlyProperty();
    }

    /// Whether the limit is near or passed.
    public boolean isNearLimit() {
        return bytesLeft.get() <= WARNING_BYTES;
    }

    /// What is written becomes a reply to this message.
    void reply(MessageRow row) {
        cancel();
        MessageRow.Quote quote = MessageRow.Quote.known(row.seq(), row.author().name(), row.text());
        mode.set(new ComposerMode.Replying(quote.seq(), quote.author(), quote.text()));
    }

    /// Shows the text of this message to be changed; what was being written is set aside.
    void edit(MessageRow row) {
        cancel();
        setAside = text.get();
        mode.set(new ComposerMode.Editing(row.seq(), row.text()));
        text.set(row.text());
    }

    /// No reply and no edit; what was set aside is back.
    void cancel() {
        boolean editing = mode.get() instanceof ComposerMode.Editing;
        mode.set(new ComposerMode.Plain());
        if (editing) {
            text.set(setAside);
            setAside = "";
        }
    }

    /// What is being written, to be gone on with by [#resume].
    Unfinished unfinished() {
        return new Unfinished(mode.get(), text.get(), setAside);
    }

    /// Goes on with this instead of what is being written.
    void resume(Unfinished unfinished) {
        setAside = unfinished.setAside();
        mode.set(unfinished.mode());
        text.set(unfinished.text());
    }

    /// What would be posted; empty when there is nothing or too much.
    Optional<Draft> draft() {
        String body = body();
        return MessageText.fault(body).isPresent()
                ? Optional.empty()
                : Optional.of(new Draft(new MessageText(body), isAction()));
    }

    /// An edit changes the words, not whether they tell what somebody does.
    private boolean isAction() {
        return text.get().startsWith(ACTION) && !(mode.get() instanceof ComposerMode.Editing);
    }

    /// Blank lines around a message are seldom meant; blanks inside and at a line's start may be
    /// code.
    private String body() {
        String whole = text.get().stripTrailing();
        return isAction() && whole.length() > ACTION.length()
                ? whole.substring(ACTION.length())
                : whole;
    }

    private int left() {
        int bytes = MessageText.utf8Length(body());
        return bytes < 0 ? 0 : MessageText.BYTES_MAX - bytes;
    }
}
