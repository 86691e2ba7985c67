package localchat.client.terminal;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/// What a line entered at the terminal means. A message is named by `#` and its number; 0 stands
/// for the one that the command means by itself.
sealed interface Command {
    /// The commands in the order in which help lists them, each with its explanation.
    List<Entry> ENTRIES =
            List.of(
                    new Entry("/join", "ROOM|@NAME", Text.COMMAND_JOIN),
                    new Entry("/leave", "[ROOM]", Text.COMMAND_LEAVE),
                    new Entry("/rooms", "", Text.COMMAND_ROOMS),
                    new Entry("/unread", "", Text.COMMAND_UNREAD),
                    new Entry("/who", "", Text.COMMAND_WHO),
                    new Entry("/dm", "NAME [TEXT]", Text.COMMAND_DM),
                    new Entry("/history", "[N|YYYY-MM-DD]", Text.COMMAND_HISTORY),
                    new Entry("/reply", "[#N] TEXT", Text.COMMAND_REPLY),
                    new Entry("/react", "[#N] EMOJI", Text.COMMAND_REACT),
                    new Entry("/unreact", "[#N]", Text.COMMAND_UNREACT),
                    new Entry("/edit", "[#N] [TEXT]", Text.COMMAND_EDIT),
                    new Entry("/delete", "[#N]", Text.COMMAND_DELETE),
                    new Entry("/pin", "#N", Text.COMMAND_PIN),
                    new Entry("/unpin", "#N", Text.COMMAND_UNPIN),
                    new Entry("/retry", "", Text.COMMAND_RETRY),
                    new Entry("/discard", "", Text.COMMAND_DISCARD),
                    new Entry("/topic", "[TEXT|-]", Text.COMMAND_TOPIC),
                    new Entry("/rename", "NAME", Text.COMMAND_RENAME),
                    new Entry("/private", "ROOM [@NAME…]", Text.COMMAND_PRIVATE),
                    new Entry("/invite", "NAME", Text.COMMAND_INVITE),
                    new Entry("/remove", "NAME", Text.COMMAND_REMOVE),
                    new Entry("/owner", "NAME", Text.COMMAND_OWNER),
                    new Entry("/nick", "NAME", Text.COMMAND_NICK),
                    new Entry("/whois", "NAME", Text.COMMAND_WHOIS),
                    new Entry("/block", "NAME", Text.COMMAND_BLOCK),
                    new Entry("/unblock", "NAME", Text.COMMAND_UNBLOCK),
                    new Entry("/devices", "", Text.COMMAND_DEVICES),
                    new Entry("/revoke", "N", Text.COMMAND_REVOKE),
                    new Entry("/signout", "", Text.COMMAND_SIGNOUT),
                    new Entry("/device-code", "", Text.COMMAND_DEVICE_CODE),
                    new Entry("/recovery-code", "", Text.COMMAND_RECOVERY_CODE),
                    new Entry("/kick", "NAME [REASON]", Text.COMMAND_KICK),
                    new Entry("/mute", "NAME [10m] [REASON]", Text.COMMAND_MUTE),
                    new Entry("/unmute", "NAME", Text.COMMAND_UNMUTE),
                    new Entry("/ban", "NAME [7d] [REASON]", Text.COMMAND_BAN),
                    new Entry("/unban", "NAME", Text.COMMAND_UNBAN),
                    new Entry("/role", "NAME ROLE", Text.COMMAND_ROLE),
                    new Entry("/release", "NAME", Text.COMMAND_RELEASE),
                    new Entry("/invite-code", "[N] [7d]", Text.COMMAND_INVITE_CODE),
                    new Entry("/invites", "", Text.COMMAND_INVITES),
                    new Entry("/revoke-invite", "ID", Text.COMMAND_REVOKE_INVITE),
                    new Entry("/me", "TEXT", Text.COMMAND_ME),
                    new Entry("//", "TEXT", Text.COMMAND_SLASH),
                    new Entry("/verify", "[yes]", Text.COMMAND_VERIFY),
                    new Entry("/help", "", Text.COMMAND_HELP),
                    new Entry("/quit", "", Text.COMMAND_QUIT));

    /// A line of help.
    record Entry(String name, String argument, Text help) {
        /// The command as it is typed.
        String usage() {
            return name.equals("//") ? name + argument : (name + " " + argument).strip();
        }
    }

    /// Something about messages.
    sealed interface AboutMessages extends Command {}

    /// Something about rooms and people.
    sealed interface AboutRooms extends Command {}

    /// Something about one's own account.
    sealed interface AboutOneself extends Command {}

    /// Something about others, and who may come.
    sealed interface AboutPeople extends Command {}

    /// Post a message.
    record Say(String text, boolean action) implements AboutMessages {}

    /// Answer a message.
    ///
    /// @param seq 0: the newest of somebody else
    record Reply(long seq, String text) implements AboutMessages {}

    /// Give a message another text.
    ///
    /// @param seq 0: one's own newest
    /// @param text empty to get the old one for editing
    record Edit(long seq, String text) implements AboutMessages {}

    /// Take a message back.
    ///
    /// @param seq 0: one's own newest
    record Delete(long seq) implements AboutMessages {}

    /// React to a message.
    ///
    /// @param seq 0: the newest of somebody else
    record React(long seq, String emoji) implements AboutMessages {}

    /// Take one's reactions to a message back.
    ///
    /// @param seq 0: the newest one reacted to
    record Unreact(long seq) implements AboutMessages {}

    /// Pin a message, or take it off.
    record Pin(long seq, boolean unpin) implements AboutMessages {}

    /// Post again what was refused.
    record Retry() implements AboutMessages {}

    /// Give up what was refused.
    record Discard() implements AboutMessages {}

    /// Show older messages.
    ///
    /// @param count 0 for a screen full
    record History(long count) implements Command {}

    /// Show the messages from a day on.
    record HistoryFrom(LocalDate day) implements Command {}

    /// Enter a room or switch to it.
    record Join(String room) implements AboutRooms {}

    /// Leave a room.
    ///
    /// @param room empty for the current one
    record Leave(String room) implements AboutRooms {}

    /// Open the direct messages with somebody.
    ///
    /// @param nameAndText a name, and perhaps a text for them
    record Direct(String nameAndText) implements AboutRooms {}

    /// Make a private room.
    ///
    /// @param nameAndPeople its name, and perhaps whom to bring in
    record Private(String nameAndPeople) implements AboutRooms {}

    /// Bring somebody into the current room, or take them out.
    record Member(String name, boolean remove) implements AboutRooms {}

    /// Say what the current room is about.
    ///
    /// @param topic empty to be told, `-` for none
    record Topic(String topic) implements AboutRooms {}

    /// Give the current room another name.
    record Rename(String name) implements AboutRooms {}

    /// List the rooms.
    record Rooms() implements AboutRooms {}

    /// List the rooms with something unread.
    record Unread() implements AboutRooms {}

    /// List the people.
    record Who() implements AboutRooms {}

    /// Take another name.
    record Nick(String name) implements AboutOneself {}

    /// List one's own devices.
    record Devices() implements AboutOneself {}

    /// Sign one of them out.
    ///
    /// @param number its place in the list, from 1
    record Revoke(int number) implements AboutOneself {}

    /// Sign all others out.
    record SignOut() implements AboutOneself {}

    /// Make a code for another device, or one to be written down.
    record MakeCode(boolean recovery) implements AboutOneself {}

    /// What is done about somebody.
    enum Act {
        WHOIS,
        BLOCK,
        UNBLOCK,
        OWNER,
        KICK,
        MUTE,
        UNMUTE,
        BAN,
        UNBAN,
        ROLE
    }

    /// Do something about somebody.
    ///
    /// @param words a name, and perhaps more
    record AboutPerson(Act act, String words) implements AboutPeople {}

    /// Free a name that nobody uses any more.
    record Release(String name) implements AboutPeople {}

    /// Make a code that lets newcomers in.
    ///
    /// @param uses 0: any number
    /// @param valid zero: for ever
    record MakeInvite(int uses, Duration valid) implements AboutPeople {}

    /// List these codes.
    record Invites() implements AboutPeople {}

    /// Let a code admit nobody any more.
    record RevokeInvite(String id) implements AboutPeople {}

    /// Show the words by which the server is known.
    ///
    /// @param right the person has compared them, and they were right
    record Verify(boolean right) implements Command {}

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
        return CommandWords.of(line.substring(0, end), line.substring(end).strip());
    }
}
