package localchat.client.fx.chat;

import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Avatar;
import localchat.core.model.RoomKind;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// A room the person is in: a sign of its kind, its name, and how much in it is unread.
final class RoomCell extends ListCell<RoomModel> {
    private static final PseudoClass UNREAD = PseudoClass.getPseudoClass("unread");
    private static final PseudoClass MENTIONED = PseudoClass.getPseudoClass("mentioned");
    private static final int BADGE_MAX = 99;
    private static final double AVATAR_SIZE = 22;

    private final Texts texts;
    private final Label sign = new Label("#");
    private final FontIcon lock = new FontIcon(Material2OutlinedAL.LOCK);
    private final FontIcon shield = new FontIcon(Material2OutlinedMZ.SECURITY);
    private final Avatar avatar = new Avatar(AVATAR_SIZE);
    private final Label name = new Label();
    private final Label badge = new Label();
    private final HBox line = new HBox(8);

    RoomCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("room");
        sign.getStyleClass().add("room-sign");
        lock.getStyleClass().add("room-sign");
        shield.getStyleClass().add("room-sign");
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
            pseudoClassStateChanged(MENTIONED, false);
            setAccessibleText("");
            return;
        }
        // Where direct messages are, all of them are for the person.
        boolean direct = room.kind() == RoomKind.DIRECT;
        int unread = room.unreadProperty().get();
        int mentions = direct ? unread : room.mentionsProperty().get();
        name.setText(room.nameProperty().get());
        avatar.setName(room.nameProperty().get());
        badge.setText(badge(unread, mentions, direct));
        badge.setVisible(unread > 0);
        badge.setManaged(unread > 0);
        pseudoClassStateChanged(UNREAD, unread > 0);
        pseudoClassStateChanged(MENTIONED, mentions > 0);
        line.getChildren().setAll(sign(room.kind()), name, badge);
        setAccessibleText(words(room, unread, direct ? 0 : mentions));
        setGraphic(line);
    }

    private Node sign(RoomKind kind) {
        return switch (kind) {
            case PUBLIC -> sign;
            case PRIVATE -> lock;
            case AUDIT -> shield;
            case DIRECT -> avatar;
        };
    }

    private static String badge(int unread, int mentions, boolean direct) {
        int count = mentions > 0 ? mentions : unread;
        String number = count > BADGE_MAX ? BADGE_MAX + "+" : String.valueOf(count);
        return mentions > 0 && !direct ? "@" + number : number;
    }

    private String words(RoomModel room, int unread, int mentions) {
        List<String> words = new ArrayList<>();
        String key = room.kind() == RoomKind.DIRECT ? "direct.accessible" : "room.accessible";
        words.add(texts.get(key, room.nameProperty().get()));
        if (unread > 0) {
            words.add(texts.count("room.unread", unread));
        }
        if (mentions > 0) {
            words.add(texts.count("room.mentions", mentions));
        }
        return String.join(", ", words);
    }
}
