package localchat.client.fx.chat;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.collections.ObservableList;
import javafx.scene.layout.Region;

/// A list of messages that stays at its end when it is there, and where one reads when not. The
/// window knows no more of it than this, so that the list behind it can be exchanged.
interface MessageList {
    /// Its nodes.
    Region root();

    /// Shows these rows from now on, beginning at the end.
    void show(ObservableList<MessageRow> rows);

    /// Whether the last row is in sight and will stay so.
    ReadOnlyBooleanProperty pinnedProperty();

    /// Goes to the end and stays there.
    void scrollToEnd();

    /// Goes up or down by so many screens; below 0 is up.
    void scrollScreens(double screens);

    /// Stops listening to everything.
    void detach();
}
