package localchat.client.terminal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import localchat.core.client.ChatSession;
import localchat.core.client.ConnectionState;
import localchat.core.client.PeopleList;
import localchat.core.client.RequestException;
import localchat.core.model.Availability;
import localchat.core.model.ErrorCode;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomName;

/// Does what a person enters. Belongs to the owning thread; answers of the server come back to it
/// through the inbox.
final class CommandRunner {
    /// People listed by `/who` and known for completion; of more only the number is told.
    private static final int PEOPLE_MAX = 200;

    private final ChatSession session;
    private final Inbox inbox;
    private final Announcer announcer;
    private final JoinedRooms rooms;
    private final BiConsumer<MessageId, String> posted;

    /// @param posted is told each message that was posted
    CommandRunner(
            ChatSession session,
            Inbox inbox,
            Announcer announcer,
            JoinedRooms rooms,
            BiConsumer<MessageId, String> posted) {
        this.session = session;
        this.inbox = inbox;
        this.announcer = announcer;
        this.rooms = rooms;
        this.posted = posted;
    }

    /// Does it, or says why not.
    void run(Command command) {
        switch (command) {
            case Command.Say(String text, boolean action) -> say(text, action);
            case Command.Join(String room) -> roomName(room).ifPresent(this::join);
            case Command.Leave(String room) -> leave(room);
            case Command.Rooms() -> answered(session.listRooms(), this::showRooms);
            case Command.Who() -> who();
            case Command.Help() -> help();
            case Command.Wrong(Text complaint, String name) -> announcer.warning(complaint, name);
            case Command.Quit() -> {}
            case Command.Nothing() -> {}
        }
    }

    private void say(String text, boolean action) {
        Optional<JoinedRoom> room = rooms.current();
        Optional<String> fault = MessageText.fault(text);
        if (room.isEmpty()) {
            announcer.warning(Text.NO_ROOM);
        } else if (fault.isPresent()) {
            announcer.warning(Text.TEXT_REFUSED, fault.get());
        } else {
            posted.accept(
                    session.post(room.get().roomId(), new MessageText(text), action, 0), text);
            if (session.state() != ConnectionState.CONNECTED) {
                announcer.note(Text.POST_WAITS, text);
            }
        }
    }

    private Optional<RoomName> roomName(String text) {
        Optional<String> fault = RoomName.fault(text);
        fault.ifPresent(words -> announcer.warning(Text.ROOM_REFUSED, text, words));
        return fault.isPresent() ? Optional.empty() : Optional.of(new RoomName(text));
    }

    private void join(RoomName name) {
        Optional<JoinedRoom> known = rooms.byName(name);
        if (known.isPresent()) {
            rooms.show(known.get());
            announcer.note(Text.SWITCHED, Looks.roomWord(known.get().name()));
        } else {
            session.join(name);
        }
    }

    private void leave(String text) {
        if (text.isEmpty()) {
            rooms.current()
                    .ifPresentOrElse(
                            room -> session.leave(room.roomId()),
                            () -> announcer.warning(Text.NO_ROOM));
            return;
        }
        Optional<RoomName> name = roomName(text);
        if (name.isPresent()) {
            rooms.byName(name.get())
                    .ifPresentOrElse(
                            room -> session.leave(room.roomId()),
                            () -> announcer.warning(Text.NOT_IN_ROOM, Looks.roomWord(name.get())));
        }
    }

    private void who() {
        if (rooms.current().isEmpty()) {
            announcer.warning(Text.NO_ROOM);
            return;
        }
        JoinedRoom room = rooms.current().get();
        answered(session.listPeople(room.roomId(), PEOPLE_MAX), people -> showPeople(room, people));
    }

    /// Asks who is in a room and which rooms there are, for completion.
    void learnNames(long roomId) {
        Optional<JoinedRoom> room = rooms.byId(roomId);
        if (room.isEmpty()) {
            return;
        }
        quietly(
                session.listPeople(roomId, PEOPLE_MAX),
                list -> {
                    list.people().forEach(room.get()::came);
                    rooms.refresh();
                });
        quietly(
                session.listRooms(),
                list -> {
                    list.forEach(info -> rooms.learn(info.name()));
                    rooms.refresh();
                });
    }

    private void showRooms(List<RoomInfo> list) {
        announcer.note(list.isEmpty() ? Text.ROOMS_NONE : Text.ROOMS);
        for (RoomInfo info : list) {
            rooms.learn(info.name());
            Optional<JoinedRoom> joined = rooms.byId(info.roomId());
            String remark = Integer.toString(info.online());
            if (joined.isPresent()) {
                boolean isCurrent = rooms.isCurrent(joined.get());
                remark += ", " + announcer.words(isCurrent ? Text.ROOM_HERE : Text.ROOM_JOINED);
            }
            if (!info.topic().isBlank()) {
                remark += "  " + ShownText.line(info.topic());
            }
            announcer.line(announcer.looks().item(Looks.roomWord(info.name()), remark));
        }
        rooms.refresh();
    }

    private void showPeople(JoinedRoom room, PeopleList list) {
        announcer.note(Text.WHO, Looks.roomWord(room.name()), list.total());
        for (Person person : list.people()) {
            room.came(person);
            boolean isAway = person.availability() == Availability.AWAY;
            String remark = isAway ? announcer.words(Text.AWAY) : "";
            announcer.line(announcer.looks().person(person.name(), remark));
        }
        if (list.total() > list.people().size()) {
            announcer.note(Text.WHO_MORE, list.total() - list.people().size());
        }
        rooms.refresh();
    }

    private void help() {
        for (Command.Entry entry : Command.ENTRIES) {
            String usage =
                    (entry.name() + (entry.name().equals("//") ? "" : " ")) + entry.argument();
            announcer.line(
                    announcer
                            .looks()
                            .item("%-14s".formatted(usage), announcer.words(entry.help())));
        }
        announcer.note(Text.COMMANDS);
    }

    private <T> void answered(CompletableFuture<T> answer, Consumer<T> use) {
        var _ =
                answer.whenComplete((value, failure) ->
                        inbox.putNow(
                                new Notice.Later(() -> {
                                    if (failure == null) {
                                        use.accept(value);
                                    } else {
                                        refused(HistoryFeed.refusal(failure));
                                    }
                                })));
    }

    private void refused(RequestException refusal) {
        if (refusal.code() == ErrorCode.NOT_NOW) {
            announcer.warning(Text.NOT_CONNECTED);
        } else {
            announcer.warning(Text.REQUEST_REFUSED, String.valueOf(refusal.getMessage()));
        }
    }

    private <T> void quietly(CompletableFuture<T> answer, Consumer<T> use) {
        var _ = answer.thenAccept(value -> inbox.putNow(new Notice.Later(() -> use.accept(value))));
    }
}
