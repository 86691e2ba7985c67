package localchat.client.terminal;

import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.UserName;

/// Tells at the terminal what happened in a room beside its messages. Belongs to the owning thread.
final class EventWords {
    private final Announcer announcer;

    EventWords(Announcer announcer) {
        this.announcer = announcer;
    }

    /// Tells it in one line.
    void tell(JoinedRoom room, RoomEvent event) {
        UserName who = event.senderName();
        switch (event.body()) {
            case EventBody.Edit(long target, MessageText text) ->
                    announcer.event(
                            text.value(), Text.EDITED, who, announcer.reference(room, target));
            case EventBody.Delete(long target) ->
                    announcer.note(Text.DELETED, who, announcer.reference(room, target));
            case EventBody.Reaction(long target, Emoji emoji, boolean remove) ->
                    announcer.note(
                            remove ? Text.UNREACTED : Text.REACTED,
                            who,
                            emoji,
                            announcer.reference(room, target));
            case EventBody.Pin(long target, boolean unpin) ->
                    announcer.note(
                            unpin ? Text.UNPINNED : Text.PINNED,
                            who,
                            announcer.reference(room, target));
            case EventBody.Topic(RoomTopic topic) -> tellTopic(who, topic);
            case EventBody.Rename(RoomName name) ->
                    announcer.note(Text.RENAMED, who, Looks.roomWord(name));
            case EventBody.Membership(_, UserName name, MembershipChange change) ->
                    announcer.note(words(change), who, name);
            case EventBody.Settings(RoomSettings settings) -> tellSettings(who, settings);
            case EventBody.Moderation done -> tellModeration(who, done);
            case EventBody.Message _, EventBody.Tombstone _, EventBody.Unknown _ -> {}
        }
    }

    private void tellTopic(UserName who, RoomTopic topic) {
        if (topic.value().isBlank()) {
            announcer.note(Text.TOPIC_REMOVED, who);
        } else {
            announcer.event(topic.value(), Text.TOPIC_SET, who);
        }
    }

    private void tellModeration(UserName who, EventBody.Moderation done) {
        String until =
                done.untilMillis() == 0
                        ? announcer.words(Text.MODERATED_NO_END)
                        : announcer.times().dayAndTime(done.untilMillis());
        Text words =
                switch (done.act()) {
                    case KICK -> Text.MODERATED_KICK;
                    case MUTE -> Text.MODERATED_MUTE;
                    case UNMUTE -> Text.MODERATED_UNMUTE;
                    case BAN -> Text.MODERATED_BAN;
                    case UNBAN -> Text.MODERATED_UNBAN;
                    case ROLE -> Text.MODERATED_ROLE;
                    case RELEASE_NAME -> Text.MODERATED_RELEASE_NAME;
                    case REVOKE_DEVICE -> Text.MODERATED_REVOKE_DEVICE;
                    case CREATE_INVITE -> Text.MODERATED_CREATE_INVITE;
                    case REVOKE_INVITE -> Text.MODERATED_REVOKE_INVITE;
                };
        if (done.reason().isBlank()) {
            announcer.note(words, who, done.userName(), until);
        } else {
            announcer.event(done.reason(), words, who, done.userName(), until);
        }
    }

    private static Text words(MembershipChange change) {
        return switch (change) {
            case ADDED -> Text.MEMBER_ADDED;
            case REMOVED -> Text.MEMBER_REMOVED;
            case LEFT -> Text.MEMBER_LEFT;
            case OWNER -> Text.MEMBER_OWNER;
        };
    }

    private void tellSettings(UserName who, RoomSettings settings) {
        if (settings.retentionDays() == 0 && settings.retentionMessages() == 0) {
            announcer.note(Text.KEPT_FOR_EVER, who);
        }
        if (settings.retentionDays() > 0) {
            announcer.note(Text.KEPT_DAYS, who, (long) settings.retentionDays());
        }
        if (settings.retentionMessages() > 0) {
            announcer.note(Text.KEPT_MESSAGES, who, (long) settings.retentionMessages());
        }
        if (!settings.pastVisible()) {
            announcer.note(Text.PAST_HIDDEN, who);
        }
    }
}
