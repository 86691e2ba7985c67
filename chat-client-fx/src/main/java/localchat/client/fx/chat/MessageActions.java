package localchat.client.fx.chat;

import localchat.core.model.Emoji;

/// What can be done with a message where it is shown.
interface MessageActions {
    void retry(MessageRow row);

    void discard(MessageRow row);

    void reply(MessageRow row);

    void edit(MessageRow row);

    /// Deletes it once the person confirmed that.
    void askToDelete(MessageRow row);

    void react(MessageRow row, Emoji emoji);

    /// Goes to a message that another one quotes.
    void jumpTo(long seq);

    /// Somebody's name; empty when it is not known.
    String nameOf(long userId);
}
