package localchat.client.fx.chat;

/// Who wrote a message.
///
/// @param userId given by the server
/// @param name at the time of writing
/// @param self whether it is the person in front of this window
public record Author(long userId, String name, boolean self) {}
