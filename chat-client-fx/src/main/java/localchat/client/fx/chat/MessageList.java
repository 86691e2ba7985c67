package localchat.client.fx.chat;

import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.collections.ObservableList;
import javafx.scene.layout.Region;
import localchat.core.model.MessageId;

/// A list of messages that stays at its end when it is there, and where one reads when not. The
/// window knows no more of it than this, so that the list behind it can be exchanged.
interface MessageList {
    /// Where one reads.
    ///
    /// @param id a row
    /// @param height the part of the height where its top stands; below 0 when it begins above
    record Spot(MessageId id, double height) {}

    /// What the list tells its owner.
    interface Listener {
        /// The beginning is near. Called often.
        void onNearTop();

        /// The end is near, and it is not the end of all there is. Called often.
        void onNearEnd();

        /// The person moved through the list.
        void onScrolled();
    }

    /// Its nodes.
    Region root();

    /// Shows these rows from now on, beginning at the end.
    void show(ObservableList<MessageRow> rows);

    /// Says whether there is more behind the last row: then the list does not stay at its end.
    void setEndOpen(boolean open);

    /// Whether the last row is in sight and will stay so.
    ReadOnlyBooleanProperty pinnedProperty();

    /// Where one reads; empty at the end, or when nothing is shown yet.
    Optional<Spot> spot();

    /// Goes to the end and stays there.
    void scrollToEnd();

    /// Puts the top of a row at this part of the height: 0 is the top.
    void scrollTo(int index, double height);

    /// Lets a row show itself for a moment, once it is in sight.
    void flash(int index);

    /// Goes up or down by so many screens; below 0 is up.
    void scrollScreens(double screens);

    /// Words that depend on the day are not what they were.
    void refresh();

    /// Stops listening to everything.
    void detach();
}
