package localchat.client.fx.chat;

import localchat.client.fx.i18n.Phrase;

/// How the window stands to the server.
public sealed interface Link {
    /// The first connection is being made; what is shown was kept on this device.
    record Connecting() implements Link {}

    /// Connected.
    record Online() implements Link {}

    /// The connection was lost and is being made again.
    record Reconnecting() implements Link {}

    /// The session is over; only a new login helps.
    record Over(Phrase reason) implements Link {}
}
