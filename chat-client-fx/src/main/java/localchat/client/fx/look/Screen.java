package localchat.client.fx.look;

import javafx.scene.Parent;

/// What fills the window at one time.
public interface Screen {
    /// Its nodes.
    Parent root();

    /// Begins to show what the view model holds, and puts the focus where a person begins.
    void attach();

    /// Takes back everything that [#attach] registered.
    void detach();
}
