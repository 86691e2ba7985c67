package localchat.client.fx.settings;

import localchat.client.fx.i18n.Language;

/// What the window remembers.
///
/// @param name last used, may be empty
/// @param host of the server last used, may be empty
/// @param port of the server last used, as text
public record Settings(String name, String host, String port, Language language, Theme theme) {
    /// The same with another login.
    public Settings withLogin(String newName, String newHost, String newPort) {
        return new Settings(newName, newHost, newPort, language, theme);
    }

    /// The same with another look.
    public Settings withLook(Language newLanguage, Theme newTheme) {
        return new Settings(name, host, port, newLanguage, newTheme);
    }
}
