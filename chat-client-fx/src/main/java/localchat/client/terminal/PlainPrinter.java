package localchat.client.terminal;

import java.util.Set;
import localchat.client.terminal.LineOutput.OutputException;
import localchat.core.client.SessionEvent.PresenceChanged;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;
import localchat.core.model.TombstoneCause;

/// Messages for people and simple tools: `HH:MM name: text`, or `HH:MM * name text` for an action.
/// Own messages are left out, but for those of the history, which would have holes, and so are
/// those of people whom the user has blocked. Only messages are printed, so that one line stays one
/// message.
final class PlainPrinter implements RoomPrinter {
    private final LineOutput out;
    private final Times times;
    private Set<Long> blocked = Set.of();

    PlainPrinter(LineOutput out, Times times) {
        this.out = out;
        this.times = times;
    }

    @Override
    public void message(PrintedMessage message) throws OutputException {
        boolean isOwnNews = message.own() && !message.history();
        if (isOwnNews || blocked.contains(message.message().senderId())) {
            return;
        }
        ChatMessage said = message.message();
        String time = times.hourAndMinute(said.timeMillis());
        String name = Escapes.plain(said.senderName().value());
        String text = text(message);
        out.line(
                message.action()
                        ? time + " * " + name + " " + text
                        : time + " " + name + ": " + text);
    }

    /// What a tool reads stays the same in every language, as the rest of this format.
    private static String text(PrintedMessage message) {
        return switch (message.message().body()) {
            case EventBody.Tombstone(TombstoneCause cause, _) ->
                    cause == TombstoneCause.EXPIRED ? "(message expired)" : "(message deleted)";
            case EventBody.Message _ ->
                    Escapes.plain(message.text())
                            + (message.message().editedMillis() > 0 ? " (edited)" : "");
            default -> "(a message of a newer version)";
        };
    }

    @Override
    public void event(RoomName room, RoomEvent event, boolean own) {}

    @Override
    public void joined(RoomName room, long roomId, long seq) {}

    @Override
    public void presence(RoomName room, PresenceChanged changed) {}

    @Override
    public void connected(Person self) {}

    @Override
    public void selfChanged(Person self) {}

    @Override
    public void blocks(Set<Long> userIds) {
        blocked = userIds;
    }

    @Override
    public void reconnecting(String reason, String text) {}

    @Override
    public void error(Fault fault) {}
}
