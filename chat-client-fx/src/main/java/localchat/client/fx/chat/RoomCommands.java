package localchat.client.fx.chat;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.ChatSession;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.UserName;

/// What the person does with rooms: enters and leaves them, makes them, changes them, and who is in
/// them. Refusals of the server become notices. Belongs to the JavaFX thread.
public final class RoomCommands {
    private final ChatSession session;
    private final ChatViewModel chat;
    private final Requests requests;

    RoomCommands(ChatSession session, ChatViewModel chat, Requests requests) {
        this.session = session;
        this.chat = chat;
        this.requests = requests;
    }

    /// Enters a public room by name, makes it when there is none, and shows it.
    ///
    /// @return what is wrong with the name; empty when the request is on its way
    public Optional<Phrase> join(String rawName) {
        Optional<Phrase> fault = RoomFaults.ofName(rawName);
        if (fault.isEmpty()) {
            RoomName name = new RoomName(rawName);
            Optional<RoomModel> there = chat.rooms().findNamed(name);
            if (there.isPresent()) {
                chat.show(there.get());
            } else {
                chat.wishes().add(name);
                session.join(name);
            }
        }
        return fault;
    }

    /// Leaves a room: a private one for good.
    public void leave(RoomModel room) {
        Self self = chat.selfProperty().get();
        chat.leaving(room);
        if (room.kind() == RoomKind.PRIVATE && self.userId() > 0) {
            session.post(
                    room.roomId(),
                    new EventBody.Membership(self.userId(), self.name(), MembershipChange.LEFT));
        } else {
            session.leave(room.roomId());
        }
    }

    /// Shows the direct messages with somebody.
    public void openDirect(long userId) {
        if (userId == chat.selfProperty().get().userId()) {
            return;
        }
        Optional<RoomModel> there = chat.rooms().findDirect(userId);
        if (there.isPresent()) {
            chat.show(there.get());
        } else {
            showOnceMade(session.openDirect(userId));
        }
    }

    /// Makes a private room and shows it.
    ///
    /// @param pastVisible whether those who come later read what was said before
    /// @return what is wrong with the name; empty when the request is on its way
    public Optional<Phrase> createPrivate(
            String rawName, Collection<Long> userIds, boolean pastVisible) {
        Optional<Phrase> fault = RoomFaults.ofName(rawName);
        if (fault.isEmpty()) {
            showOnceMade(
                    session.createPrivate(
                            new RoomName(rawName), pastVisible, List.copyOf(userIds)));
        }
        return fault;
    }

    private void showOnceMade(CompletableFuture<RoomInfo> room) {
        int wish = chat.wishes().begin();
        requests.command(
                room,
                made -> {
                    if (chat.wishes().isOpen(wish)) {
                        chat.showOnceEntered(made.roomId());
                    }
                },
                this::tell);
    }

    /// Gives a room another topic, "" for none.
    ///
    /// @return what is wrong with it; empty when it is on its way
    public Optional<Phrase> setTopic(RoomModel room, String raw) {
        String topic = raw.strip();
        if (RoomTopic.fault(topic).isPresent()) {
            return Optional.of(Phrase.of("fault.topic"));
        }
        if (!topic.equals(room.topicProperty().get())) {
            session.post(room.roomId(), new EventBody.Topic(new RoomTopic(topic)));
        }
        return Optional.empty();
    }

    /// Gives a room another name.
    ///
    /// @return what is wrong with it; empty when it is on its way
    public Optional<Phrase> rename(RoomModel room, String raw) {
        Optional<Phrase> fault = RoomFaults.ofName(raw);
        if (fault.isEmpty() && !new RoomName(raw).value().equals(room.nameProperty().get())) {
            session.post(room.roomId(), new EventBody.Rename(new RoomName(raw)));
        }
        return fault;
    }

    /// Sets how many days a room keeps its messages; 0: for ever.
    public void setRetention(RoomModel room, int days) {
        RoomSettings old = room.infoProperty().get().settings();
        RoomSettings now = new RoomSettings(days, old.retentionMessages(), old.pastVisible());
        requests.command(session.setRoom(room.roomId(), now), done -> {}, this::tell);
    }

    /// Lets somebody into a private room.
    public void addMember(RoomModel room, PersonRow person) {
        membership(room, person, MembershipChange.ADDED);
    }

    /// Takes somebody out of a private room.
    public void removeMember(RoomModel room, PersonRow person) {
        membership(room, person, MembershipChange.REMOVED);
    }

    /// Whether the person may give a room another topic.
    public boolean maySetTopic(RoomModel room) {
        return room.kind() != RoomKind.DIRECT && room.kind() != RoomKind.AUDIT;
    }

    /// Whether the person may rename a room, take members out and set what it keeps.
    public boolean owns(RoomModel room) {
        long owner = room.infoProperty().get().ownerId();
        return room.kind() != RoomKind.DIRECT
                && owner > 0
                && owner == chat.selfProperty().get().userId();
    }

    /// Everybody who is known from any room, but the person; in order of name.
    public List<PersonRow> people() {
        Map<Long, PersonRow> known = new LinkedHashMap<>();
        for (RoomModel room : chat.rooms().joined()) {
            for (PersonRow person : room.people().rows()) {
                if (!person.self()) {
                    known.putIfAbsent(person.userId(), person);
                }
            }
        }
        return known.values().stream()
                .sorted(Comparator.comparing(person -> new UserName(person.name()).folded()))
                .toList();
    }

    /// Who is in a private room, but the person.
    public List<PersonRow> members(RoomModel room) {
        return room.people().rows().stream().filter(person -> !person.self()).toList();
    }

    /// Who is known and not in a private room.
    public List<PersonRow> strangers(RoomModel room) {
        List<Long> there = room.people().rows().stream().map(PersonRow::userId).toList();
        return people().stream().filter(person -> !there.contains(person.userId())).toList();
    }

    private void membership(RoomModel room, PersonRow person, MembershipChange change) {
        UserName name = new UserName(person.name());
        session.post(room.roomId(), new EventBody.Membership(person.userId(), name, change));
    }

    private void tell(Phrase reason) {
        chat.notices().tell(reason);
    }
}
