package localchat.client.fx.chat;

import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import localchat.core.model.MessageText;

/// The text being written and how much room is left for it. Belongs to the JavaFX thread.
public final class ComposerViewModel {
    /// From so many bytes left on the limit is spelled out. Reason: a line or two of warning.
    static final int WARNING_BYTES = 400;

    private static final String ACTION = "/me ";

    /// A text ready to be posted.
    record Draft(MessageText text, boolean action) {}

    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final ReadOnlyIntegerWrapper bytesLeft =
            new ReadOnlyIntegerWrapper(this, "bytesLeft", MessageText.BYTES_MAX);

    ComposerViewModel() {
        text.addListener((observable, before, now) -> bytesLeft.set(left()));
    }

    /// The text being written.
    public StringProperty textProperty() {
        return text;
    }

    /// Bytes of UTF-8 that still fit; below 0 the text is too long.
    public ReadOnlyIntegerProperty bytesLeftProperty() {
        return bytesLeft.getReadOnlyProperty();
    }

    /// Whether the limit is near or passed.
    public boolean isNearLimit() {
        return bytesLeft.get() <= WARNING_BYTES;
    }

    /// What would be posted; empty when there is nothing or too much.
    Optional<Draft> draft() {
        String body = body();
        return MessageText.fault(body).isPresent()
                ? Optional.empty()
                : Optional.of(new Draft(new MessageText(body), isAction()));
    }

    private boolean isAction() {
        return text.get().startsWith(ACTION);
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
