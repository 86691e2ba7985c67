package localchat.client.terminal;

import localchat.client.terminal.LineOutput.OutputException;
import localchat.core.client.SessionEvent.PresenceChanged;
import localchat.core.model.RoomName;

/// Messages for people and simple tools: `HH:MM name: text`, or `HH:MM * name text` for an action.
/// Own messages are left out, but for those of the history, which would have holes.
final class PlainPrinter implements RoomPrinter {
    private final LineOutput out;
    private final Times times;

    PlainPrinter(LineOutput out, Times times) {
        this.out = out;
        this.times = times;
    }

    @Override
    public void message(PrintedMessage message) throws OutputException {
        if (message.own() && !message.history()) {
            return;
        }
        String time = times.hourAndMinute(message.timeMillis());
        String name = Escapes.plain(message.from().value());
        String text = Escapes.plain(message.text());
        out.line(
                message.action()
                        ? time + " * " + name + " " + text
                        : time + " " + name + ": " + text);
    }

    @Override
    public void joined(RoomName room, long seq) {}

    @Override
    public void presence(RoomName room, PresenceChanged changed) {}

    @Override
    public void connected() {}

    @Override
    public void reconnecting(String reason, String text) {}

    @Override
    public void error(Fault fault) {}
}
