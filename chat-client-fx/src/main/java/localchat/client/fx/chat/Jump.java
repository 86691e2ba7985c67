package localchat.client.fx.chat;

import localchat.core.model.MessageId;

/// A place in a room's messages where the list should go.
public sealed interface Jump {
    /// Above the first message that was not read, with a little of what was.
    ///
    /// @param seq that message
    record ToUnread(long seq) implements Jump {}

    /// So that a day begins at the top.
    ///
    /// @param seq the day's first message
    record ToDay(long seq) implements Jump {}

    /// To a message, which then shows itself for a moment.
    record ToMessage(long seq) implements Jump {}

    /// Back to where one read before the scene was made anew.
    ///
    /// @param id a row
    /// @param height the part of the list's height where its top stood
    record Back(MessageId id, double height) implements Jump {}

    /// To the newest message.
    record ToEnd() implements Jump {}
}
