package localchat.client.fx.settings;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import localchat.client.fx.i18n.Language;

/// Language and theme as they are now. Belongs to the JavaFX thread.
public final class Appearance {
    private final ObjectProperty<Language> language;
    private final ObjectProperty<Theme> theme;

    /// Begins with these.
    public Appearance(Language language, Theme theme) {
        this.language = new SimpleObjectProperty<>(this, "language", language);
        this.theme = new SimpleObjectProperty<>(this, "theme", theme);
    }

    /// The language of the window.
    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    /// The colours of the window.
    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }
}
