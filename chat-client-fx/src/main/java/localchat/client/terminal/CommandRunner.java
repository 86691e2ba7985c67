package localchat.client.terminal;

import java.io.IOException;
import java.time.LocalDate;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;

/// Does what a person enters. Belongs to the owning thread.
final class CommandRunner {
    private final Announcer announcer;
    private final JoinedRooms rooms;
    private final RoomReading reading;
    private final MessageCommands messages;
    private final RoomCommands roomCommands;
    private final AccountCommands accountCommands;
    private final PeopleCommands peopleCommands;
    private final Vouching vouching;

    CommandRunner(Conversation chat, RoomReading reading, Vouching vouching) {
        this.vouching = vouching;
        this.announcer = chat.announcer();
        this.rooms = chat.rooms();
        this.reading = reading;
        this.messages = new MessageCommands(chat);
        this.roomCommands = new RoomCommands(chat, reading, messages);
        this.accountCommands = new AccountCommands(chat);
        this.peopleCommands = new PeopleCommands(chat, messages);
    }

    /// Does it, or says why not.
    void run(Command command) throws IOException {
        switch (command) {
            case Command.AboutMessages about -> messages.run(about);
            case Command.AboutRooms about -> roomCommands.run(about);
            case Command.AboutOneself about -> accountCommands.run(about);
            case Command.AboutPeople about -> peopleCommands.run(about);
            case Command.History(long count) -> inFront(room -> reading.showOlder(room, count));
            case Command.HistoryFrom(LocalDate day) -> inFront(room -> reading.showFrom(room, day));
            case Command.Verify(boolean right) -> verify(right);
            case Command.Help() -> help();
            case Command.Wrong(Text complaint, String name) -> announcer.warning(complaint, name);
            case Command.Quit() -> {}
            case Command.Nothing() -> {}
        }
    }

    private void verify(boolean right) throws IOException {
        if (right) {
            vouching.verify();
        } else {
            vouching.tell();
        }
    }

    private void inFront(Answers.Use<JoinedRoom> use) throws IOException {
        if (rooms.current().isPresent()) {
            use.accept(rooms.current().get());
        } else {
            announcer.warning(Text.NO_ROOM);
        }
    }

    /// Whether the person asked for a room that was entered now.
    boolean isAwaited(RoomInfo info) {
        return roomCommands.isAwaited(info);
    }

    /// Asks who is in a room and which rooms there are, for completion.
    void learnNames(long roomId) {
        roomCommands.learnNames(roomId);
    }

    /// Something happened in a room.
    void onEvent(RoomEvent event) {
        peopleCommands.onEvent(event);
    }

    private void help() {
        Command.ENTRIES.forEach(announcer::help);
        announcer.note(Text.COMMANDS);
        announcer.note(Text.COMMANDS_NUMBERS);
    }
}
