package localchat.client.fx.chat;

import localchat.core.client.SessionEvent;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.PresenceChange;
import localchat.core.model.RoomEvent;
import localchat.core.model.UserName;

/// Brings what is heard from a room into its model. Belongs to the JavaFX thread.
final class RoomNews {
    private final ChatViewModel chat;
    private final Requests requests;
    private final Typists typists;

    RoomNews(ChatViewModel chat, Requests requests, Typists typists) {
        this.chat = chat;
        this.requests = requests;
        this.typists = typists;
    }

    /// Something happened in a room.
    void received(RoomModel room, RoomEvent event) {
        room.nextSeq = event.seq() + 1;
        room.met(event.senderId(), event.senderName().value());
        room.timeline().receive(event);
        switch (event.body()) {
            case EventBody.Topic(var topic) -> room.setTopic(topic.value());
            case EventBody.Rename(var name) -> {
                room.rename(name);
                chat.rooms().changed(room.infoProperty().get());
            }
            case EventBody.Settings(var settings) -> room.setSettings(settings);
            case EventBody.Message _ -> typists.wrote(room, event.senderName().value());
            case EventBody.Membership(long userId, var name, var change) -> {
                room.met(userId, name.value());
                if (change == MembershipChange.OWNER) {
                    room.setOwner(userId);
                }
                requests.people(room);
            }
            default -> {}
        }
        chat.reading().received(room, event, chat.selfProperty().get());
        requests.quotes(room);
    }

    /// Others type in a room, or stopped.
    void typing(RoomModel room, SessionEvent.TypingChanged typing) {
        typists.told(room, typing.people().stream().map(UserName::value).toList());
    }

    /// People came to a room, went or changed.
    void presence(RoomModel room, SessionEvent.PresenceChanged presence) {
        room.setOnline(presence.online());
        for (PresenceChange change : presence.changes()) {
            room.met(change.person());
            switch (change.kind()) {
                case CAME, AVAILABILITY_CHANGED, RENAMED, ROLE_CHANGED ->
                        room.people().put(change.person());
                case WENT -> room.people().went(change.person());
            }
        }
        if (presence.incomplete()) {
            requests.people(room);
        }
    }
}
