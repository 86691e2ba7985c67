package localchat.client.fx.chat;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Avatar;
import localchat.client.fx.settings.Appearance;
import localchat.client.fx.settings.Theme;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// Who one is here, and the menu for what concerns the whole window.
final class ProfileBar {
    private static final double AVATAR_SIZE = 32;

    private final Texts texts;
    private final Appearance appearance;
    private final Avatar avatar = new Avatar(AVATAR_SIZE);
    private final Label nameLabel = new Label();
    private final Label state = new Label();
    private final HBox root = new HBox(10);

    /// What the menu leads to.
    ///
    /// @param signOut ends the session
    record Ways(Runnable changeName, Runnable devices, Runnable signOut) {}

    ProfileBar(String name, Texts texts, Appearance appearance, Ways ways) {
        this.texts = texts;
        this.appearance = appearance;
        setName(name);
        nameLabel.getStyleClass().add("profile-name");
        state.setId("connection-state");
        state.getStyleClass().add("profile-state");
        VBox words = new VBox(nameLabel, state);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        root.getChildren().addAll(avatar, words, menu(ways));
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("profile");
    }

    Node root() {
        return root;
    }

    /// Shows who one is.
    void setName(String name) {
        avatar.setName(name);
        nameLabel.setText(name);
    }

    /// Shows whether there is a connection.
    void setLink(Link link) {
        avatar.setPresence(
                link instanceof Link.Reconnecting || link instanceof Link.Connecting,
                link instanceof Link.Over);
        state.setText(
                switch (link) {
                    case Link.Online _ -> texts.get("link.online");
                    case Link.Connecting _ -> texts.get("link.connecting");
                    case Link.Reconnecting _ -> texts.get("link.reconnecting");
                    case Link.Over _ -> texts.get("link.over");
                });
    }

    private MenuButton menu(Ways ways) {
        MenuButton menu = new MenuButton("", new FontIcon(Material2OutlinedMZ.SETTINGS));
        menu.setId("menu");
        menu.getStyleClass().addAll("button-icon", "flat", "no-arrow");
        menu.setAccessibleText(texts.get("menu.title"));
        menu.setTooltip(new Tooltip(texts.get("menu.title")));
        menu.setPopupSide(javafx.geometry.Side.TOP);
        menu.getItems()
                .addAll(
                        item(
                                "change-name",
                                "menu.changeName",
                                Material2OutlinedAL.EDIT,
                                ways.changeName()),
                        item(
                                "my-devices",
                                "menu.devices",
                                Material2OutlinedAL.DEVICES,
                                ways.devices()),
                        new SeparatorMenuItem(),
                        theme(),
                        language(),
                        new SeparatorMenuItem(),
                        item(
                                "sign-out",
                                "menu.signOut",
                                Material2OutlinedAL.EXIT_TO_APP,
                                ways.signOut()));
        return menu;
    }

    private MenuItem item(String id, String key, Ikon icon, Runnable action) {
        MenuItem item = new MenuItem(texts.get(Phrase.of(key)), new FontIcon(icon));
        item.setId(id);
        item.setOnAction(event -> action.run());
        return item;
    }

    private MenuItem theme() {
        boolean light = appearance.themeProperty().get() == Theme.LIGHT;
        MenuItem item = new MenuItem();
        item.setId("theme");
        item.setText(texts.get(light ? "appearance.dark" : "appearance.light"));
        item.setGraphic(
                new FontIcon(
                        light ? Material2OutlinedMZ.NIGHTS_STAY : Material2OutlinedMZ.WB_SUNNY));
        item.setOnAction(event -> {
            Theme other = appearance.themeProperty().get().other();
            appearance.themeProperty().set(other);
            boolean nowLight = other == Theme.LIGHT;
            item.setText(texts.get(nowLight ? "appearance.dark" : "appearance.light"));
            item.setGraphic(
                    new FontIcon(
                            nowLight
                                    ? Material2OutlinedMZ.NIGHTS_STAY
                                    : Material2OutlinedMZ.WB_SUNNY));
        });
        return item;
    }

    private Menu language() {
        Menu menu =
                new Menu(
                        texts.get("appearance.language"),
                        new FontIcon(Material2OutlinedAL.LANGUAGE));
        ToggleGroup group = new ToggleGroup();
        for (Language each : Language.values()) {
            RadioMenuItem item = new RadioMenuItem(each.ownName());
            item.setId("language-" + each.tag());
            item.setToggleGroup(group);
            item.setSelected(each == texts.language());
            item.setOnAction(event -> appearance.languageProperty().set(each));
            menu.getItems().add(item);
        }
        return menu;
    }
}
