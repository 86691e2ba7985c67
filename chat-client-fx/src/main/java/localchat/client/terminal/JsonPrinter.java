package localchat.client.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import localchat.client.terminal.LineOutput.OutputException;
import localchat.core.client.SessionEvent.PresenceChanged;
import localchat.core.model.ChatMessage;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.ReactionTally;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.TombstoneCause;
import localchat.core.model.UserName;

/// One JSON object a line for tools, told apart by `type`.
final class JsonPrinter implements RoomPrinter {
    private final LineOutput out;
    private Set<Long> blocked = Set.of();

    JsonPrinter(LineOutput out) {
        this.out = out;
    }

    @Override
    public void joined(RoomName room, long roomId, long seq) throws OutputException {
        out.line(
                JsonLine.ofType("joined")
                        .with("room", room.value())
                        .with("seq", seq)
                        .with("room_id", roomId)
                        .end());
    }

    @Override
    public void message(PrintedMessage message) throws OutputException {
        ChatMessage said = message.message();
        JsonLine line =
                JsonLine.ofType(message.own() ? "ack" : "message")
                        .with("room", message.room().value())
                        .with("seq", said.seq())
                        .with("id", said.id().toString())
                        .with("from", said.senderName().value())
                        .with("time", Times.rfc3339(said.timeMillis()))
                        .with("text", message.text())
                        .withFlag("action", message.action())
                        .withFlag("history", message.history())
                        .with("from_id", said.senderId())
                        .withFlag("blocked", blocked.contains(said.senderId()));
        switch (said.body()) {
            case EventBody.Message(_, long replyTo, _, List<Long> mentions) -> {
                if (replyTo > 0) {
                    line.with("reply_to", replyTo);
                }
                line.withNumbers("mentions", mentions);
            }
            case EventBody.Tombstone(TombstoneCause cause, long byUserId) -> {
                line.withFlag("deleted", true).withFlag("expired", cause == TombstoneCause.EXPIRED);
                if (byUserId > 0) {
                    line.with("deleted_by", byUserId);
                }
            }
            default -> line.withFlag("unknown", true);
        }
        if (said.editedMillis() > 0) {
            line.with("edited_ms", said.editedMillis());
        }
        line.withObjects("reactions", said.reactions().stream().map(JsonPrinter::tally).toList());
        out.line(line.withFlag("pinned", said.pinned()).end());
    }

    private static JsonLine tally(ReactionTally tally) {
        return JsonLine.empty()
                .with("emoji", tally.emoji().value())
                .with("count", tally.count())
                .withNumbers("user_ids", tally.userIds());
    }

    @Override
    public void event(RoomName room, RoomEvent event, boolean own) throws OutputException {
        switch (event.body()) {
            case EventBody.Edit(long target, MessageText text) ->
                    print(event, own, change("edit", room, target).with("text", text.value()));
            case EventBody.Delete(long target) -> print(event, own, change("delete", room, target));
            case EventBody.Reaction(long target, Emoji emoji, boolean remove) ->
                    print(
                            event,
                            own,
                            change("reaction", room, target)
                                    .with("emoji", emoji.value())
                                    .withFlag("removed", remove));
            case EventBody.Pin(long target, boolean unpin) ->
                    print(event, own, change("pin", room, target).withFlag("removed", unpin));
            case EventBody.Topic(RoomTopic topic) ->
                    print(event, own, ofRoom("topic", room).with("topic", topic.value()));
            case EventBody.Rename(RoomName name) ->
                    print(event, own, ofRoom("rename", room).with("name", name.value()));
            case EventBody.Membership(long userId, UserName name, MembershipChange change) ->
                    print(
                            event,
                            own,
                            ofRoom("membership", room)
                                    .with("change", lower(change))
                                    .with("user_id", userId)
                                    .with("name", name.value()));
            case EventBody.Settings(RoomSettings settings) ->
                    print(
                            event,
                            own,
                            ofRoom("settings", room)
                                    .with("retention_days", settings.retentionDays())
                                    .with("retention_messages", settings.retentionMessages())
                                    .withTruth("past_visible", settings.pastVisible()));
            case EventBody.Moderation done -> print(event, own, moderation(room, done));
            case EventBody.Message _, EventBody.Tombstone _, EventBody.Unknown _ -> {}
        }
    }

    private static JsonLine moderation(RoomName room, EventBody.Moderation done) {
        JsonLine line = ofRoom("moderation", room).with("act", done.act().word());
        if (done.userId() > 0) {
            line.with("user_id", done.userId());
        }
        line.with("name", done.userName()).with("reason", done.reason());
        if (done.untilMillis() > 0) {
            line.with("until", Times.rfc3339(done.untilMillis()));
        }
        if (done.roomId() > 0) {
            line.with("about_room_id", done.roomId());
        }
        return line;
    }

    private static JsonLine ofRoom(String type, RoomName room) {
        return JsonLine.ofType(type).with("room", room.value());
    }

    private static JsonLine change(String type, RoomName room, long targetSeq) {
        return ofRoom(type, room).with("target", targetSeq);
    }

    /// Adds what every event of a room's log has.
    private void print(RoomEvent event, boolean own, JsonLine line) throws OutputException {
        out.line(
                line.with("seq", event.seq())
                        .with("id", event.id().toString())
                        .with("from", event.senderName().value())
                        .with("from_id", event.senderId())
                        .with("time", Times.rfc3339(event.timeMillis()))
                        .withFlag("own", own)
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
            change.formerName().ifPresent(former -> line.with("former_name", former.value()));
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
    public void connected(Person self) throws OutputException {
        out.line(
                JsonLine.ofType("state")
                        .with("state", "connected")
                        .with("user_id", self.userId())
                        .end());
    }

    @Override
    public void selfChanged(Person self) throws OutputException {
        out.line(
                JsonLine.ofType("self")
                        .with("user_id", self.userId())
                        .with("name", self.name().value())
                        .with("role", lower(self.role()))
                        .end());
    }

    @Override
    public void blocks(Set<Long> userIds) {
        blocked = userIds;
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
