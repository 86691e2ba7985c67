package localchat.client.fx.chat;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import localchat.client.fx.i18n.Texts;
import localchat.core.model.RoomInfo;
import org.jspecify.annotations.Nullable;

/// A public room the person is not in.
final class JoinableRoomCell extends ListCell<RoomInfo> {
    private final Texts texts;
    private final Label sign = new Label("#");
    private final Label name = new Label();
    private final Label join = new Label();
    private final HBox line = new HBox(8, sign, name, join);

    JoinableRoomCell(Texts texts) {
        this.texts = texts;
        getStyleClass().addAll("room", "joinable");
        sign.getStyleClass().add("room-sign");
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        join.setText(texts.get("rooms.join"));
        join.getStyleClass().add("room-join");
        join.setMinWidth(USE_PREF_SIZE);
        line.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable RoomInfo room, boolean empty) {
        super.updateItem(room, empty);
        if (room == null || empty) {
            setGraphic(null);
            setAccessibleText("");
            return;
        }
        name.setText(room.name().value());
        setAccessibleText(texts.get("rooms.join") + ": " + room.name());
        setGraphic(line);
    }
}
