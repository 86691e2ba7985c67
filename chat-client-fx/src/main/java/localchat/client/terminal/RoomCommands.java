package localchat.client.terminal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import localchat.client.terminal.Mentions.Found;
import localchat.core.client.PeopleList;
import localchat.core.model.Availability;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomTopic;
import localchat.core.model.UserName;

/// Does what a person enters about rooms and people. Belongs to the owning thread.
final class RoomCommands {
    /// People listed by `/who` and known for completion; of more only the number is told.
    private static final int PEOPLE_MAX = 200;

    private final Conversation chat;
    private final Announcer announcer;
    private final JoinedRooms rooms;
    private final RoomReading reading;
    private final MessageCommands messages;
    private final Answers answers;
    private final Set<String> awaited = new HashSet<>();
    private final Set<Long> leftPrivate = new HashSet<>();

    RoomCommands(Conversation chat, RoomReading reading, MessageCommands messages) {
        this.chat = chat;
        this.announcer = chat.announcer();
        this.rooms = chat.rooms();
        this.reading = reading;
        this.messages = messages;
        this.answers = new Answers(chat.inbox(), chat.announcer());
    }

    /// Does it, or says why not.
    void run(Command.AboutRooms command) throws IOException {
        switch (command) {
            case Command.Join(String room) -> join(room);
            case Command.Leave(String room) -> leave(room);
            case Command.Direct(String nameAndText) -> direct(nameAndText);
            case Command.Private(String nameAndPeople) -> makePrivate(nameAndPeople);
            case Command.Member(String name, boolean remove) -> member(name, remove);
            case Command.Topic(String topic) -> topic(topic);
            case Command.Rename(String name) -> rename(name);
            case Command.Rooms() -> answers.use(chat.session().listRooms(), this::showRooms);
            case Command.Unread() -> showUnread();
            case Command.Who() -> who();
        }
    }

    private Optional<RoomName> roomName(String text) {
        Optional<String> fault = RoomName.fault(text);
        fault.ifPresent(words -> announcer.warning(Text.ROOM_REFUSED, text, words));
        return fault.isPresent() ? Optional.empty() : Optional.of(new RoomName(text));
    }

    private void join(String text) throws IOException {
        if (text.startsWith("@")) {
            direct(text);
            return;
        }
        Optional<RoomName> name = roomName(text);
        if (name.isEmpty()) {
            return;
        }
        Optional<JoinedRoom> known = rooms.byName(name.get());
        if (known.isPresent()) {
            reading.bringToFront(known.get());
        } else {
            awaited.add(name.get().folded());
            chat.session().join(name.get());
        }
    }

    /// Whether the person asked for a room that was entered now: a public one, or a private one
    /// that they left before.
    boolean isAwaited(RoomInfo info) {
        boolean isMeant = info.kind() == RoomKind.PUBLIC || leftPrivate.remove(info.roomId());
        return isMeant && awaited.remove(info.name().folded());
    }

    private void leave(String text) {
        if (text.isEmpty()) {
            rooms.current().ifPresentOrElse(this::leave, () -> announcer.warning(Text.NO_ROOM));
            return;
        }
        if (text.startsWith("@")) {
            String name = text.substring(1);
            rooms.directWith(peer ->
                            UserName.isShowable(name)
                                    && peer.name().folded().equals(new UserName(name).folded()))
                    .ifPresentOrElse(
                            this::leave,
                            () -> announcer.warning(Text.NOT_IN_ROOM, ShownText.line(text)));
            return;
        }
        Optional<RoomName> name = roomName(text);
        if (name.isPresent()) {
            rooms.byName(name.get())
                    .ifPresentOrElse(
                            this::leave,
                            () -> announcer.warning(Text.NOT_IN_ROOM, Looks.roomWord(name.get())));
        }
    }

    private void leave(JoinedRoom room) {
        chat.session().leave(room.roomId());
        if (room.info().kind() == RoomKind.PRIVATE) {
            leftPrivate.add(room.roomId());
            announcer.note(Text.STILL_MEMBER, chat.self().name());
        }
    }

    /// Opens the direct messages with somebody, and perhaps says something at once.
    private void direct(String nameAndText) throws IOException {
        Optional<Found> found = person(nameAndText);
        if (found.isEmpty()) {
            return;
        }
        String text = found.get().rest();
        long userId = found.get().person().userId();
        Optional<JoinedRoom> open = rooms.directWith(peer -> peer.userId() == userId);
        if (open.isPresent()) {
            reading.bringToFront(open.get());
            sayIn(open.get(), text);
        } else {
            answers.use(chat.session().openDirect(userId), info -> enterNew(info, text));
        }
    }

    /// A room that this person opened was entered: [Dialogue] has it already.
    private void enterNew(RoomInfo info, String text) throws IOException {
        Optional<JoinedRoom> room = rooms.byId(info.roomId());
        if (room.isPresent()) {
            reading.bringToFront(room.get());
            sayIn(room.get(), text);
        }
    }

    private void sayIn(JoinedRoom room, String text) {
        if (!text.isEmpty()) {
            messages.say(room, text, false, 0);
        }
    }

    /// The person whose name a text begins with; says so when there is none.
    private Optional<Found> person(String text) {
        Optional<Found> found = Mentions.first(text, rooms.people());
        if (found.isEmpty()) {
            announcer.warning(Text.UNKNOWN_PERSON, text);
        }
        return found;
    }

    /// The room's name goes up to the first `@`, or is one word and all others are people.
    private void makePrivate(String nameAndPeople) {
        int at = nameAndPeople.indexOf(" @");
        int end = at >= 0 ? at : (nameAndPeople + " ").indexOf(' ');
        Optional<RoomName> name = roomName(nameAndPeople.substring(0, end));
        List<Long> userIds = new ArrayList<>();
        String rest = nameAndPeople.substring(end).strip();
        while (name.isPresent() && !rest.isEmpty()) {
            Optional<Found> found = person(rest);
            if (found.isEmpty()) {
                return;
            }
            userIds.add(found.get().person().userId());
            rest = found.get().rest();
        }
        if (name.isPresent()) {
            answers.use(
                    chat.session().createPrivate(name.get(), true, userIds),
                    info -> enterNew(info, ""));
        }
    }

    private void member(String text, boolean remove) {
        if (rooms.current().isEmpty()) {
            announcer.warning(Text.NO_ROOM);
            return;
        }
        JoinedRoom room = rooms.current().get();
        if (room.info().kind() != RoomKind.PRIVATE) {
            announcer.warning(Text.NOT_PRIVATE, Looks.roomWord(room));
            return;
        }
        Optional<Found> found = person(text);
        if (found.isPresent()) {
            long userId = found.get().person().userId();
            MembershipChange change =
                    !remove
                            ? MembershipChange.ADDED
                            : userId == chat.self().userId()
                                    ? MembershipChange.LEFT
                                    : MembershipChange.REMOVED;
            messages.post(
                    room, new EventBody.Membership(userId, found.get().person().name(), change));
        }
    }

    private void topic(String text) {
        if (rooms.current().isEmpty()) {
            announcer.warning(Text.NO_ROOM);
            return;
        }
        JoinedRoom room = rooms.current().get();
        Optional<String> fault = RoomTopic.fault(text);
        if (text.isEmpty()) {
            String topic = room.info().topic();
            announcer.note(topic.isBlank() ? Text.TOPIC_NONE : Text.TOPIC_IS, topic);
        } else if (fault.isPresent()) {
            announcer.warning(Text.TEXT_REFUSED, fault.get());
        } else {
            messages.post(
                    room,
                    new EventBody.Topic(text.equals("-") ? RoomTopic.NONE : new RoomTopic(text)));
        }
    }

    private void rename(String text) {
        Optional<RoomName> name = roomName(text);
        if (name.isEmpty()) {
            return;
        }
        rooms.current()
                .ifPresentOrElse(
                        room -> messages.post(room, new EventBody.Rename(name.get())),
                        () -> announcer.warning(Text.NO_ROOM));
    }

    private void who() {
        if (rooms.current().isEmpty()) {
            announcer.warning(Text.NO_ROOM);
            return;
        }
        JoinedRoom room = rooms.current().get();
        answers.use(
                chat.session().listPeople(room.roomId(), PEOPLE_MAX),
                people -> showPeople(room, people));
    }

    /// Asks who is in a room and which rooms there are, for completion.
    void learnNames(long roomId) {
        Optional<JoinedRoom> room = rooms.byId(roomId);
        if (room.isEmpty()) {
            return;
        }
        answers.useQuietly(
                chat.session().listPeople(roomId, PEOPLE_MAX),
                list -> {
                    list.people().forEach(room.get()::came);
                    rooms.refresh();
                });
        answers.useQuietly(
                chat.session().listRooms(),
                list -> {
                    list.forEach(rooms::learn);
                    rooms.refresh();
                });
    }

    private void showRooms(List<RoomInfo> list) {
        announcer.note(list.isEmpty() ? Text.ROOMS_NONE : Text.ROOMS);
        for (RoomInfo info : list) {
            rooms.learn(info);
            announcer.line(announcer.looks().item(Looks.roomWord(info), remark(info)));
        }
        rooms.refresh();
    }

    private String remark(RoomInfo info) {
        Optional<JoinedRoom> joined = rooms.byId(info.roomId());
        List<String> remarks = new ArrayList<>();
        remarks.add(Integer.toString(info.online()));
        if (info.kind() == RoomKind.PRIVATE) {
            remarks.add(announcer.words(Text.ROOM_PRIVATE));
        } else if (info.kind() == RoomKind.AUDIT) {
            remarks.add(announcer.words(Text.ROOM_AUDIT));
        }
        if (joined.isPresent()) {
            boolean isCurrent = rooms.isCurrent(joined.get());
            remarks.add(announcer.words(isCurrent ? Text.ROOM_HERE : Text.ROOM_JOINED));
        }
        boolean isUnread = joined.isPresent() && joined.get().unread() > 0;
        return String.join(", ", remarks)
                + (isUnread ? "  " + Looks.unreadMark(joined.get()) : "")
                + (info.topic().isBlank() ? "" : "  " + ShownText.line(info.topic()));
    }

    private void showUnread() {
        List<JoinedRoom> unread = rooms.unread();
        announcer.note(unread.isEmpty() ? Text.UNREAD_NONE : Text.UNREAD);
        for (JoinedRoom room : unread) {
            announcer.line(announcer.looks().item(Looks.roomWord(room), Looks.unreadMark(room)));
        }
    }

    private String remark(Person person) {
        List<String> remarks = new ArrayList<>();
        if (person.role() != Role.MEMBER) {
            remarks.add(announcer.role(person.role()));
        }
        if (person.availability() != Availability.ONLINE) {
            boolean isAway = person.availability() == Availability.AWAY;
            remarks.add(announcer.words(isAway ? Text.AWAY : Text.OFFLINE));
        }
        if (chat.self().hasBlocked(person.userId())) {
            remarks.add(announcer.words(Text.IS_BLOCKED));
        }
        return String.join(", ", remarks);
    }

    private void showPeople(JoinedRoom room, PeopleList list) {
        announcer.note(Text.WHO, Looks.roomWord(room), list.total());
        for (Person person : list.people()) {
            room.came(person);
            announcer.line(announcer.looks().person(person.name(), remark(person)));
        }
        if (list.total() > list.people().size()) {
            announcer.note(Text.WHO_MORE, list.total() - list.people().size());
        }
        rooms.refresh();
    }
}
