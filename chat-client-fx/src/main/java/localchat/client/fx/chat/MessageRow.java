package localchat.client.fx.chat;

import localchat.core.model.MessageId;

/// One message as a row of the [Timeline].
///
/// @param action true for "/me": the text tells what the author does
/// @param timeMillis when the server took it, or when it was written here while it has not
public record MessageRow(
        MessageId id,
        Author author,
        String text,
        boolean action,
        long timeMillis,
        Delivery delivery,
        Placement placement) {

    /// How a row stands to the one before it.
    ///
    /// @param startsDay the first of its day
    /// @param startsGroup not a direct continuation by the same author
    public record Placement(boolean startsDay, boolean startsGroup) {}

    /// Its place in the room, or `Long.MAX_VALUE` while it has none: such rows stand last.
    public long seq() {
        return delivery instanceof Delivery.Stored stored ? stored.seq() : Long.MAX_VALUE;
    }

    MessageRow with(Placement newPlacement) {
        return new MessageRow(id, author, text, action, timeMillis, delivery, newPlacement);
    }

    MessageRow with(Delivery newDelivery, long newTimeMillis) {
        return new MessageRow(id, author, text, action, newTimeMillis, newDelivery, placement);
    }
}
