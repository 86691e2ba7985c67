package localchat.client.terminal;

import java.util.Set;
import localchat.client.terminal.LineOutput.OutputException;
import localchat.core.client.SessionEvent.PresenceChanged;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;

/// A format of standard output in a pipe. What a format has no words for it leaves out.
sealed interface RoomPrinter permits PlainPrinter, JsonPrinter {
    /// The room was entered and what follows is live.
    ///
    /// @param seq of the newest event before, 0 in a room without events
    void joined(RoomName room, long roomId, long seq) throws OutputException;

    /// A message, one's own too.
    void message(PrintedMessage message) throws OutputException;

    /// Anything else that a room's log holds: an edit, a reaction, a topic and so on.
    ///
    /// @param own whether this user did it
    void event(RoomName room, RoomEvent event, boolean own) throws OutputException;

    /// People came to the room, went or changed.
    void presence(RoomName room, PresenceChanged changed) throws OutputException;

    /// Connected, for the first time or again.
    ///
    /// @param self the user as the server knows it
    void connected(Person self) throws OutputException;

    /// The user has another name or role.
    void selfChanged(Person self) throws OutputException;

    /// Whom the user has blocked now, of whom nothing more is printed, or only with a mark.
    void blocks(Set<Long> userIds);

    /// The connection was lost and is being made again.
    ///
    /// @param reason a code
    /// @param text for a person
    void reconnecting(String reason, String text) throws OutputException;

    /// Something failed. A person is told on standard error.
    void error(Fault fault) throws OutputException;

    /// What failed.
    ///
    /// @param code from the protocol, such as `TEXT_TOO_LONG` or `REPLACED`
    /// @param text for a person
    /// @param id of the message that was refused; empty when it was none
    record Fault(String code, String text, String id) {}
}
