package localchat.client.fx.look;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.settings.Appearance;
import localchat.client.fx.settings.Theme;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// Where language and theme are chosen. It only sets [Appearance]; the scene is then made anew in
/// the other language, and recoloured in place.
public final class AppearanceBar {
    private final HBox root = new HBox(4);
    private final Button theme;
    private final Appearance appearance;
    private final Texts texts;

    /// Switches in these words.
    public AppearanceBar(Appearance appearance, Texts texts) {
        this.appearance = appearance;
        this.texts = texts;
        MenuButton language =
                new MenuButton(
                        texts.language().ownName(), new FontIcon(Material2OutlinedAL.LANGUAGE));
        language.setId("language");
        language.getStyleClass().addAll("flat", "language");
        explainLanguage(language);
        ToggleGroup group = new ToggleGroup();
        for (Language each : Language.values()) {
            RadioMenuItem item = new RadioMenuItem(each.ownName());
            item.setId("language-" + each.tag());
            item.setToggleGroup(group);
            item.setSelected(each == texts.language());
            item.setOnAction(event -> appearance.languageProperty().set(each));
            language.getItems().add(item);
        }
        theme = Look.iconButton("theme", icon(), themeWords());
        theme.setOnAction(event -> switchTheme());
        root.setAlignment(Pos.CENTER);
        root.getChildren().addAll(language, theme);
    }

    /// Its nodes.
    public HBox root() {
        return root;
    }

    private void explainLanguage(MenuButton language) {
        language.setAccessibleText(
                texts.get("appearance.language") + ": " + texts.language().ownName());
    }

    private void switchTheme() {
        appearance.themeProperty().set(appearance.themeProperty().get().other());
        theme.setGraphic(new FontIcon(icon()));
        Look.explain(theme, themeWords());
    }

    private Ikon icon() {
        return isLight() ? Material2OutlinedMZ.NIGHTS_STAY : Material2OutlinedMZ.WB_SUNNY;
    }

    private String themeWords() {
        return texts.get(isLight() ? "appearance.dark" : "appearance.light");
    }

    private boolean isLight() {
        return appearance.themeProperty().get() == Theme.LIGHT;
    }
}
