package localchat.client.fx.chat;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Avatar;
import localchat.core.model.Availability;
import org.jspecify.annotations.Nullable;

/// Somebody in the room.
final class PersonCell extends ListCell<PersonRow> {
    private static final PseudoClass GONE = PseudoClass.getPseudoClass("gone");
    private static final double AVATAR_SIZE = 28;

    private final Texts texts;
    private final Avatar avatar = new Avatar(AVATAR_SIZE);
    private final Label name = new Label();
    private final Tooltip direct = new Tooltip();
    private final HBox line = new HBox(10, avatar, name);

    PersonCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("person");
        line.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable PersonRow person, boolean empty) {
        super.updateItem(person, empty);
        if (person == null || empty) {
            setGraphic(null);
            pseudoClassStateChanged(GONE, false);
            setAccessibleText("");
            setTooltip(null);
            return;
        }
        boolean gone = person.availability() == Availability.OFFLINE;
        avatar.setName(person.name());
        avatar.setPresence(person.availability() == Availability.AWAY, gone);
        name.setText(person.self() ? texts.get("message.self", person.name()) : person.name());
        pseudoClassStateChanged(GONE, gone);
        setAccessibleText(person.name() + ", " + texts.get("presence." + person.availability()));
        direct.setText(texts.get("people.direct", person.name()));
        setTooltip(person.self() ? null : direct);
        setGraphic(line);
    }
}
