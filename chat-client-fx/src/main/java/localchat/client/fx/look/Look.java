package localchat.client.fx.look;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import localchat.client.fx.settings.Theme;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/// The product's look: theme, stylesheet, logo, and the small parts every scene uses.
public final class Look {
    private Look() {}

    /// Colours all windows.
    public static void apply(Theme theme) {
        Application.setUserAgentStylesheet(
                switch (theme) {
                    case LIGHT -> new PrimerLight().getUserAgentStylesheet();
                    case DARK -> new PrimerDark().getUserAgentStylesheet();
                });
    }

    /// The stylesheet every scene adds to the theme.
    public static String stylesheet() {
        return Objects.requireNonNull(Look.class.getResource("window.css"), "window.css")
                .toExternalForm();
    }

    /// The product's sign: 64 pixels large, or 32.
    public static Parent logo(boolean large) {
        FontIcon icon = new FontIcon(Material2OutlinedAL.FORUM);
        StackPane logo = new StackPane(icon);
        logo.getStyleClass().addAll("logo", large ? "logo-large" : "logo-small");
        return logo;
    }

    /// A button that shows only an icon; its words are told to assistive technology and in a
    /// tooltip.
    public static Button iconButton(String id, Ikon icon, String words) {
        Button button = new Button("", new FontIcon(icon));
        button.setId(id);
        button.getStyleClass().addAll("button-icon", "flat");
        explain(button, words);
        return button;
    }

    /// Gives a button without words its words.
    public static void explain(ButtonBase button, String words) {
        button.setAccessibleText(words);
        button.setTooltip(new Tooltip(words));
    }

    /// A label that is folded away while it has no text.
    public static Label foldingLabel(String id, String... styleClasses) {
        Label label = new Label();
        label.setId(id);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styleClasses);
        label.managedProperty().bind(label.visibleProperty());
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        return label;
    }
}
