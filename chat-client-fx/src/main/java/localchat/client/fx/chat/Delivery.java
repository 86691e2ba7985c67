package localchat.client.fx.chat;

import localchat.core.model.ErrorCode;

/// How far a message has come.
public sealed interface Delivery {
    /// Kept here until there is a connection.
    record Waiting() implements Delivery {}

    /// On its way.
    record Sent() implements Delivery {}

    /// The server has it.
    ///
    /// @param seq its place in the room
    record Stored(long seq) implements Delivery {}

    /// Refused for good.
    ///
    /// @param text English, for a person, from the server
    record Failed(ErrorCode code, String text) implements Delivery {}
}
