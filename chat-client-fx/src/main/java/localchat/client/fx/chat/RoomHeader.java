package localchat.client.fx.chat;

import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// The room that is shown: its name, topic and how long it keeps messages, and what can be done
/// with it.
final class RoomHeader {
    /// Days a room's owner can choose from; 0: for ever.
    private static final int[] RETENTION_DAYS = {0, 7, 30, 90, 365};

    private final ChatViewModel model;
    private final Texts texts;
    private final Label name = new Label();
    private final Label topic = new Label();
    private final Label retention = new Label();
    private final Button date;
    private final ToggleButton people =
            new ToggleButton("", new FontIcon(Material2OutlinedMZ.PEOPLE));
    private final MenuButton menu = new MenuButton("", new FontIcon(Material2OutlinedMZ.MORE_VERT));
    private final MenuItem setTopic;
    private final MenuItem rename;
    private final Menu keep;
    private final MenuItem addMembers;
    private final MenuItem removeMembers;
    private final MenuItem leave;
    private final HBox root;
    private @Nullable RoomModel room;

    RoomHeader(ChatViewModel model, Texts texts, RoomSheets sheets) {
        this.model = model;
        this.texts = texts;
        name.setId("room-name");
        name.getStyleClass().add("room-name");
        name.setMinWidth(0);
        topic.setId("room-topic");
        topic.getStyleClass().add("room-topic");
        retention.setId("room-retention");
        retention.getStyleClass().add("room-retention");
        VBox words = new VBox(topic, retention);
        words.setAlignment(Pos.CENTER_LEFT);
        // The topic gets what the name leaves.
        words.setPrefWidth(0);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        date = Look.iconButton("jump-to-date", Material2OutlinedAL.EVENT, texts.get("room.date"));
        date.setOnAction(event -> sheets.jumpToDate());
        people.setId("people-toggle");
        people.setSelected(true);
        people.getStyleClass().addAll("button-icon", "flat");
        Look.explain(people, texts.get("people.toggle"));
        setTopic = item("set-topic", "room.topic", Material2OutlinedAL.EDIT, sheets::topic);
        rename = item("rename-room", "room.rename", Material2AL.EDIT, sheets::rename);
        keep = keepMenu();
        addMembers =
                item(
                        "add-members",
                        "room.addMembers",
                        Material2OutlinedAL.GROUP_ADD,
                        sheets::addMembers);
        removeMembers =
                item(
                        "remove-members",
                        "room.removeMembers",
                        Material2OutlinedMZ.PERSON_ADD_DISABLED,
                        sheets::removeMembers);
        leave = item("leave-room", "room.leave", Material2OutlinedAL.EXIT_TO_APP, sheets::leave);
        buildMenu();
        root = new HBox(12, name, words, date, people, menu);
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("room-header");
    }

    private void buildMenu() {
        menu.setId("room-menu");
        menu.getStyleClass().addAll("button-icon", "flat", "no-arrow");
        menu.setPopupSide(Side.BOTTOM);
        menu.setAccessibleText(texts.get("room.menu"));
        menu.setTooltip(new Tooltip(texts.get("room.menu")));
        menu.getItems()
                .addAll(
                        setTopic,
                        rename,
                        keep,
                        addMembers,
                        removeMembers,
                        new SeparatorMenuItem(),
                        leave);
        menu.setOnShowing(event -> fillMenu());
    }

    private MenuItem item(
            String id, String key, Ikon icon, java.util.function.Consumer<RoomModel> action) {
        MenuItem item = new MenuItem(texts.get(key), new FontIcon(icon));
        item.setId(id);
        item.setOnAction(event -> {
            if (room != null) {
                action.accept(room);
            }
        });
        return item;
    }

    private Menu keepMenu() {
        Menu made = new Menu(texts.get("room.keep"), new FontIcon(Material2OutlinedAL.HISTORY));
        made.setId("room-keep");
        for (int days : RETENTION_DAYS) {
            String words =
                    days == 0
                            ? texts.get("retention.choose.forever")
                            : texts.get(Phrase.count("retention.days", days));
            RadioMenuItem item = new RadioMenuItem(words);
            item.setId("keep-" + days);
            item.setOnAction(event -> {
                if (room != null) {
                    model.roomCommands().setRetention(room, days);
                }
            });
            made.getItems().add(item);
        }
        return made;
    }

    Node root() {
        return root;
    }

    /// The switch for the list of people.
    ToggleButton people() {
        return people;
    }

    void showNothing() {
        room = null;
        name.setText("");
        name.setGraphic(null);
        topic.setText("");
        showRetention("");
        date.setVisible(false);
        menu.setVisible(false);
    }

    /// Shows a room until the subscription ends.
    Subscription show(RoomModel shown) {
        room = shown;
        date.setVisible(true);
        menu.setVisible(true);
        name.setGraphic(
                shown.kind() == RoomKind.PRIVATE ? new FontIcon(Material2OutlinedAL.LOCK) : null);
        return Subscription.combine(
                shown.nameProperty()
                        .subscribe(now ->
                                name.setText(shown.kind() == RoomKind.PUBLIC ? "# " + now : now)),
                shown.topicProperty().subscribe(this::showTopic),
                shown.infoProperty().subscribe(this::infoChanged));
    }

    private void infoChanged(RoomInfo info) {
        showRetention(
                Notes.isForgetful(info.settings())
                        ? texts.get(Notes.retention(info.settings()))
                        : "");
        fillMenu();
    }

    private void showTopic(String words) {
        topic.setText(words);
        MessageCell.show(topic, !words.isEmpty());
    }

    private void showRetention(String words) {
        retention.setText(words);
        MessageCell.show(retention, !words.isEmpty());
    }

    /// Offers what the person may do with this room.
    private void fillMenu() {
        if (room == null) {
            return;
        }
        RoomCommands commands = model.roomCommands();
        boolean owned = commands.owns(room);
        boolean isPrivate = room.kind() == RoomKind.PRIVATE;
        setTopic.setVisible(commands.maySetTopic(room));
        rename.setVisible(owned);
        keep.setVisible(owned);
        addMembers.setVisible(isPrivate);
        removeMembers.setVisible(isPrivate && owned);
        leave.setVisible(room.kind() != RoomKind.DIRECT);
        menu.setVisible(room.kind() != RoomKind.DIRECT);
        int days = room.infoProperty().get().settings().retentionDays();
        keep.getItems()
                .forEach(item ->
                        ((RadioMenuItem) item).setSelected(("keep-" + days).equals(item.getId())));
        leave.setText(texts.get(isPrivate ? "room.leavePrivate" : "room.leave"));
    }
}
