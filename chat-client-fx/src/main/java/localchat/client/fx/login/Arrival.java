package localchat.client.fx.login;

import localchat.core.client.ChatSession;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;

/// A login that has something to show: it succeeded, or it goes on and the device has kept rooms.
///
/// @param relay where the session's events come from, the first of those to be shown among them
/// @param person who logs in
public record Arrival(
        ChatSession session, SessionRelay relay, UserName person, ServerAddress server) {}
