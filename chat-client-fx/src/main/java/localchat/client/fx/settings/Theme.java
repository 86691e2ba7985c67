package localchat.client.fx.settings;

/// How the window is coloured.
public enum Theme {
    LIGHT,
    DARK;

    /// The other one.
    public Theme other() {
        return this == LIGHT ? DARK : LIGHT;
    }
}
