package localchat.client.fx.chat;

import java.util.Optional;
import localchat.client.fx.i18n.Phrase;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomSettings;

/// What happens to a room, in words.
final class Notes {
    private Notes() {}

    /// The line for an event; empty for those that are or change a message.
    static Optional<Phrase> of(RoomEvent event) {
        String who = event.senderName().value();
        return switch (event.body()) {
            case EventBody.Topic(var topic) ->
                    Optional.of(
                            topic.value().isEmpty()
                                    ? Phrase.of("note.topic.none", who)
                                    : Phrase.of("note.topic", who, topic));
            case EventBody.Rename(var name) -> Optional.of(Phrase.of("note.rename", who, name));
            case EventBody.Membership(var _, var person, var change) ->
                    Optional.of(
                            switch (change) {
                                case ADDED -> Phrase.of("note.member.added", who, person);
                                case REMOVED -> Phrase.of("note.member.removed", who, person);
                                case LEFT -> Phrase.of("note.member.left", person);
                                case OWNER -> Phrase.of("note.member.owner", who, person);
                            });
            case EventBody.Settings(var settings) ->
                    Optional.of(Phrase.of("note.settings", who, retention(settings)));
            case EventBody.Moderation done -> Optional.of(ModerationWords.of(who, done));
            case EventBody.Message _,
                    EventBody.Edit _,
                    EventBody.Delete _,
                    EventBody.Reaction _,
                    EventBody.Pin _,
                    EventBody.Tombstone _,
                    EventBody.Unknown _ ->
                    Optional.empty();
        };
    }

    /// How long a room keeps its messages.
    static Phrase retention(RoomSettings settings) {
        int days = settings.retentionDays();
        int messages = settings.retentionMessages();
        if (days > 0 && messages > 0) {
            return Phrase.of(
                    "retention.both",
                    Phrase.count("retention.newest", messages),
                    Phrase.count("retention.days", days));
        }
        if (days > 0) {
            return Phrase.of("retention.for", Phrase.count("retention.days", days));
        }
        return messages > 0
                ? Phrase.of("retention.only", Phrase.count("retention.newest", messages))
                : Phrase.of("retention.forever");
    }

    /// Whether a room forgets anything by itself.
    static boolean isForgetful(RoomSettings settings) {
        return settings.retentionDays() > 0 || settings.retentionMessages() > 0;
    }
}
