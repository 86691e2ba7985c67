package localchat.client.fx.chat;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/// How far the person has read a room, and what that leaves. Belongs to the JavaFX thread.
final class ReadMarker {
    private final ReadOnlyIntegerWrapper unread = new ReadOnlyIntegerWrapper(this, "unread", 0);
    private final ReadOnlyIntegerWrapper mentions = new ReadOnlyIntegerWrapper(this, "mentions", 0);
    private boolean known;
    private long seq;
    private long countedUpTo;

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

    /// Whether what is unread is known with this event in it.
    boolean counts(long eventSeq) {
        return eventSeq <= countedUpTo;
    }

    /// The server, or this device's cache, says how far the person has read. A marker never goes
    /// back.
    ///
    /// @param countedUpToSeq events up to here are in the count of what is left
    void moved(long newSeq, Timeline.Unread left, long countedUpToSeq) {
        if (known && newSeq < seq) {
            return;
        }
        known = true;
        seq = newSeq;
        countedUpTo = countedUpToSeq;
        set(left);
    }

    /// What is unread was counted again.
    void set(Timeline.Unread left) {
        unread.set(left.messages());
        mentions.set(left.mentions());
    }

    /// At least so much is unread.
    void atLeast(Timeline.Unread left) {
        unread.set(Math.max(unread.get(), left.messages()));
        mentions.set(Math.max(mentions.get(), left.mentions()));
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
        countedUpTo = 0;
        set(new Timeline.Unread(0, 0));
    }
}
