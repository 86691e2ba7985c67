package localchat.client.terminal;

import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.RoomName;

/// A message to be printed.
///
/// @param own whether this user sent it
/// @param history whether it is from before the room was entered
record PrintedMessage(RoomName room, ChatMessage message, boolean own, boolean history) {
    /// Its text; empty when nothing is left of it.
    String text() {
        return message.body() instanceof EventBody.Message said ? said.text().value() : "";
    }

    /// Whether it was said with "/me".
    boolean action() {
        return message.body() instanceof EventBody.Message said && said.action();
    }
}
