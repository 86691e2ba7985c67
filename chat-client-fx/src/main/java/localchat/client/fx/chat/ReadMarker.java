package localchat.client.fx.chat;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/// How far the person has read a room, and what that leaves. Belongs to the JavaFX thread.
final class ReadMarker {
    private final ReadOnlyIntegerWrapper unread = new ReadOnlyIntegerWrapper(this, "unread", 0);
    private final ReadOnlyIntegerWrapper mentions = new ReadOnlyIntegerWrapper(this, "mentions", 0);
    private boolean known;
    private long seq;

    ReadOnlyIntegerProperty unreadProperty() {
        return unread.getReadOnlyProperty();
    }

    ReadOnlyIntegerProperty mentionsProperty() {
        return mentions.getReadOnlyProperty();
    }

    /// Everything up to here is read.
    long seq() {
        return seq;
    }

    /// Whether it is known at all how far the person has read.
    boolean isKnown() {
        return known;
    }

    /// The server, or this device's cache, says how far the person has read. A marker never goes
    /// back.
    void moved(long newSeq, Timeline.Unread left) {
        if (known && newSeq < seq) {
            return;
        }
        known = true;
        seq = newSeq;
        set(left);
    }

    /// What is unread was counted again.
    void set(Timeline.Unread left) {
        unread.set(left.messages());
        mentions.set(left.mentions());
    }

    /// A message by somebody else came and was not seen.
    void add(boolean mention) {
        unread.set(unread.get() + 1);
        mentions.set(mentions.get() + (mention ? 1 : 0));
    }

    /// The server's history is another one: nothing is known any more.
    void forget() {
        known = false;
        seq = 0;
        set(new Timeline.Unread(0, 0));
    }
}
