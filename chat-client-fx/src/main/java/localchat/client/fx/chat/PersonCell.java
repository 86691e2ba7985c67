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
import localchat.core.model.Role;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// Somebody in the room.
final class PersonCell extends ListCell<PersonRow> {
    private static final PseudoClass GONE = PseudoClass.getPseudoClass("gone");
    private static final double AVATAR_SIZE = 28;

    private final Texts texts;
    private final Avatar avatar = new Avatar(AVATAR_SIZE);
    private final Label name = new Label();
    private final Tooltip direct = new Tooltip();
    private final FontIcon badge = new FontIcon(Material2OutlinedMZ.SECURITY);
    private final HBox line = new HBox(10, avatar, name, badge);

    PersonCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("person");
        badge.getStyleClass().add("role-badge");
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
        boolean hasRole = person.role() != Role.MEMBER;
        MessageCell.show(badge, hasRole);
        String role = hasRole ? ", " + texts.get(RoleWords.of(person.role())) : "";
        setAccessibleText(
                person.name() + role + ", " + texts.get("presence." + person.availability()));
        direct.setText(texts.get("people.direct", person.name()) + role);
        setTooltip(person.self() ? null : direct);
        setGraphic(line);
    }
}
