package localchat.client.terminal;

import java.util.List;

/// What a line entered at the terminal means.
sealed interface Command {
    /// The commands in the order in which help lists them, each with its explanation.
    List<Entry> ENTRIES =
            List.of(
                    new Entry("/join", "ROOM", Text.COMMAND_JOIN),
                    new Entry("/leave", "[ROOM]", Text.COMMAND_LEAVE),
                    new Entry("/rooms", "", Text.COMMAND_ROOMS),
                    new Entry("/who", "", Text.COMMAND_WHO),
                    new Entry("/me", "TEXT", Text.COMMAND_ME),
                    new Entry("/help", "", Text.COMMAND_HELP),
                    new Entry("/quit", "", Text.COMMAND_QUIT),
                    new Entry("//", "TEXT", Text.COMMAND_SLASH));

    /// A line of help.
    record Entry(String name, String argument, Text help) {}

    /// Post a message.
    record Say(String text, boolean action) implements Command {}

    /// Enter a room or switch to it.
    record Join(String room) implements Command {}

    /// Leave a room.
    ///
    /// @param room empty for the current one
    record Leave(String room) implements Command {}

    /// List the rooms.
    record Rooms() implements Command {}

    /// List the people.
    record Who() implements Command {}

    /// List the commands.
    record Help() implements Command {}

    /// Leave the chat.
    record Quit() implements Command {}

    /// Nothing was entered.
    record Nothing() implements Command {}

    /// What was entered cannot be done.
    ///
    /// @param complaint with the command as its argument
    record Wrong(Text complaint, String name) implements Command {}

    /// Reads a line. Only a line whose very first character is `/` is a command, and `//` begins a
    /// text with `/`. White space at the end, such as the line feed of a paste, is not meant.
    static Command of(String line) {
        if (line.isBlank()) {
            return new Nothing();
        }
        if (!line.startsWith("/")) {
            return new Say(line.stripTrailing(), false);
        }
        if (line.startsWith("//")) {
            return new Say(line.substring(1).stripTrailing(), false);
        }
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return ofNamed(line.substring(0, end), line.substring(end).strip());
    }

    private static Command ofNamed(String name, String argument) {
        return switch (name) {
            case "/join" ->
                    argument.isEmpty() ? new Wrong(Text.NEEDS_ROOM, name) : new Join(argument);
            case "/leave" -> new Leave(argument);
            case "/rooms" -> new Rooms();
            case "/who" -> new Who();
            case "/me" ->
                    argument.isEmpty() ? new Wrong(Text.NEEDS_TEXT, name) : new Say(argument, true);
            case "/help" -> new Help();
            case "/quit" -> new Quit();
            default -> new Wrong(Text.UNKNOWN_COMMAND, name);
        };
    }
}
