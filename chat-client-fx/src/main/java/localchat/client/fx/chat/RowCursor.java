package localchat.client.fx.chat;

import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import localchat.core.model.MessageId;

/// The row that the keyboard is on while the list of messages has the focus.
final class RowCursor {
    /// What keys do with the row they are on.
    @FunctionalInterface
    interface Keys {
        /// A key was pressed on a row.
        ///
        /// @return whether the key meant something
        boolean onKey(KeyEvent event, MessageCell cell, MessageRow row);
    }

    private final Region list;
    private final Keys keys;
    private Optional<MessageId> current = Optional.empty();

    RowCursor(Region list, Keys keys) {
        this.list = list;
        this.keys = keys;
    }

    void clear() {
        current = Optional.empty();
    }

    void moveTo(MessageRow row) {
        current = Optional.of(row.id());
    }

    /// Where the cursor stands.
    ///
    /// @param start where it begins while it stands nowhere
    int indexIn(List<MessageRow> rows, int start) {
        for (int i = 0; i < rows.size() && current.isPresent(); i++) {
            if (rows.get(i).id().equals(current.get())) {
                return i;
            }
        }
        return start;
    }

    /// Marks the cell that shows the row.
    void show(List<MessageCell> cells) {
        for (MessageCell cell : cells) {
            cell.setCurrent(list.isFocused() && isOn(cell));
        }
    }

    boolean keyPressed(KeyEvent event, List<MessageCell> cells) {
        for (MessageCell cell : cells) {
            MessageRow row = cell.row();
            if (row != null && isOn(cell)) {
                return keys.onKey(event, cell, row);
            }
        }
        return false;
    }

    private boolean isOn(MessageCell cell) {
        MessageRow row = cell.row();
        return row != null && current.isPresent() && row.id().equals(current.get());
    }
}
