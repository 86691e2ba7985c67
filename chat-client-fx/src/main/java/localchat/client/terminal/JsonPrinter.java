package localchat.client.terminal;

import java.util.Locale;
import localchat.client.terminal.LineOutput.OutputException;
import localchat.core.client.SessionEvent.PresenceChanged;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.RoomName;

/// One JSON object a line for tools, told apart by `type`.
final class JsonPrinter implements RoomPrinter {
    private final LineOutput out;

    JsonPrinter(LineOutput out) {
        this.out = out;
    }

    @Override
    public void joined(RoomName room, long seq) throws OutputException {
        out.line(JsonLine.ofType("joined").with("room", room.value()).with("seq", seq).end());
    }

    @Override
    public void message(PrintedMessage message) throws OutputException {
        out.line(
                JsonLine.ofType(message.own() ? "ack" : "message")
                        .with("room", message.room().value())
                        .with("seq", message.seq())
                        .with("id", message.id().toString())
                        .with("from", message.from().value())
                        .with("time", Times.rfc3339(message.timeMillis()))
                        .with("text", message.text())
                        .withFlag("action", message.action())
                        .withFlag("history", message.history())
                        .end());
    }

    @Override
    public void presence(RoomName room, PresenceChanged changed) throws OutputException {
        for (PresenceChange change : changed.changes()) {
            JsonLine line = presence(room, change.person().name().value(), change.kind(), changed);
            if (change.kind() == PresenceKind.AVAILABILITY_CHANGED) {
                line.with("availability", lower(change.person().availability()));
            } else if (change.kind() == PresenceKind.ROLE_CHANGED) {
                line.with("role", lower(change.person().role()));
            }
            out.line(line.end());
        }
        if (changed.incomplete()) {
            out.line(
                    JsonLine.ofType("presence")
                            .with("room", room.value())
                            .with("name", "")
                            .with("kind", "incomplete")
                            .with("online", changed.online())
                            .end());
        }
    }

    private static JsonLine presence(
            RoomName room, String name, PresenceKind kind, PresenceChanged changed) {
        return JsonLine.ofType("presence")
                .with("room", room.value())
                .with("name", name)
                .with("kind", lower(kind))
                .with("online", changed.online());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void connected() throws OutputException {
        out.line(JsonLine.ofType("state").with("state", "connected").end());
    }

    @Override
    public void reconnecting(String reason, String text) throws OutputException {
        out.line(
                JsonLine.ofType("state")
                        .with("state", "reconnecting")
                        .with("reason", reason)
                        .with("text", text)
                        .end());
    }

    @Override
    public void error(Fault fault) throws OutputException {
        JsonLine line =
                JsonLine.ofType("error").with("code", fault.code()).with("text", fault.text());
        if (!fault.id().isEmpty()) {
            line.with("id", fault.id());
        }
        out.line(line.end());
    }
}
