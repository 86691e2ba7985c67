package localchat.client.fx.login;

import localchat.core.client.ChatSession;
import localchat.core.client.ServerAddress;
import localchat.core.client.SessionEvent;

/// A login that succeeded.
///
/// @param relay where the session's further events come from
/// @param welcome what the server said
public record Arrival(
        ChatSession session,
        SessionRelay relay,
        SessionEvent.Connected welcome,
        ServerAddress server) {}
