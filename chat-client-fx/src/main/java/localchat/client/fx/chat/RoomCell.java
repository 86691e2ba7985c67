package localchat.client.fx.chat;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import localchat.client.fx.i18n.Texts;
import org.jspecify.annotations.Nullable;

/// A room the person is in.
final class RoomCell extends ListCell<RoomModel> {
    private static final PseudoClass UNREAD = PseudoClass.getPseudoClass("unread");
    private static final int BADGE_MAX = 99;

    private final Texts texts;
    private final Label sign = new Label("#");
    private final Label name = new Label();
    private final Label badge = new Label();
    private final HBox line = new HBox(8, sign, name, badge);

    RoomCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("room");
        sign.getStyleClass().add("room-sign");
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        badge.getStyleClass().add("badge");
        badge.setMinWidth(Region.USE_PREF_SIZE);
        line.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable RoomModel room, boolean empty) {
        super.updateItem(room, empty);
        if (room == null || empty) {
            setGraphic(null);
            pseudoClassStateChanged(UNREAD, false);
            setAccessibleText("");
            return;
        }
        int unread = room.unreadProperty().get();
        name.setText(room.nameProperty().get());
        badge.setText(unread > BADGE_MAX ? BADGE_MAX + "+" : String.valueOf(unread));
        badge.setVisible(unread > 0);
        badge.setManaged(unread > 0);
        pseudoClassStateChanged(UNREAD, unread > 0);
        String words = texts.get("room.accessible", room.nameProperty().get());
        setAccessibleText(unread > 0 ? words + ", " + texts.count("room.unread", unread) : words);
        setGraphic(line);
    }
}
