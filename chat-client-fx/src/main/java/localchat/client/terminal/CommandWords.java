package localchat.client.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what follows the name of a command. Pure.
final class CommandWords {
    /// `#123` and what follows it.
    private static final Pattern NUMBERED =
            Pattern.compile("#([1-9][0-9]{0,17})(?:\\s+(.*))?", Pattern.DOTALL);

    /// A day as people write it: further ones have no time in milliseconds.
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /// Most messages that are asked for by number. Reason: more than anyone scrolls through.
    static final long HISTORY_MAX = 10_000;

    /// How long a code for newcomers is good for when nothing is said. Reason: it is handed to
    /// somebody who comes within days.
    static final Duration INVITE_VALID = Duration.ofDays(7);

    private CommandWords() {}

    /// The command of this name with this argument.
    static Command of(String name, String argument) {
        return switch (name) {
            case "/join" -> named(name, argument, Text.NEEDS_ROOM, Command.Join::new);
            case "/leave" -> new Command.Leave(argument);
            case "/rooms" -> new Command.Rooms();
            case "/unread" -> new Command.Unread();
            case "/who" -> new Command.Who();
            case "/dm" -> named(name, argument, Text.NEEDS_NAME, Command.Direct::new);
            case "/private" -> named(name, argument, Text.NEEDS_ROOM, Command.Private::new);
            case "/invite" ->
                    named(name, argument, Text.NEEDS_NAME, who -> new Command.Member(who, false));
            case "/remove" ->
                    named(name, argument, Text.NEEDS_NAME, who -> new Command.Member(who, true));
            case "/topic" -> new Command.Topic(argument);
            case "/rename" -> named(name, argument, Text.NEEDS_ROOM, Command.Rename::new);
            case "/me" ->
                    named(name, argument, Text.NEEDS_TEXT, text -> new Command.Say(text, true));
            case "/retry" -> new Command.Retry();
            case "/discard" -> new Command.Discard();
            case "/verify" -> verify(name, argument);
            case "/help" -> new Command.Help();
            case "/quit" -> new Command.Quit();
            case "/history" -> history(name, argument);
            case "/reply", "/react", "/unreact", "/edit", "/delete", "/pin", "/unpin" ->
                    aboutMessage(name, argument);
            default -> ofPeople(name, argument);
        };
    }

    private static Command ofPeople(String name, String argument) {
        return switch (name) {
            case "/nick" -> named(name, argument, Text.NEEDS_NAME, Command.Nick::new);
            case "/devices" -> new Command.Devices();
            case "/revoke" ->
                    argument.matches("[1-9][0-9]{0,2}")
                            ? new Command.Revoke(Integer.parseInt(argument))
                            : new Command.Wrong(Text.NEEDS_DEVICE, name);
            case "/signout" -> new Command.SignOut();
            case "/device-code" -> new Command.MakeCode(false);
            case "/recovery-code" -> new Command.MakeCode(true);
            case "/release" -> named(name, argument, Text.NEEDS_NAME, Command.Release::new);
            case "/invite-code" -> inviteCode(name, argument);
            case "/invites" -> new Command.Invites();
            case "/revoke-invite" ->
                    named(name, argument, Text.NEEDS_INVITE, Command.RevokeInvite::new);
            case "/whois",
                    "/block",
                    "/unblock",
                    "/owner",
                    "/kick",
                    "/mute",
                    "/unmute",
                    "/ban",
                    "/unban",
                    "/role" -> {
                Command.Act act = Command.Act.valueOf(name.substring(1).toUpperCase(Locale.ROOT));
                yield named(
                        name,
                        argument,
                        Text.NEEDS_NAME,
                        words -> new Command.AboutPerson(act, words));
            }
            default -> new Command.Wrong(Text.UNKNOWN_COMMAND, name);
        };
    }

    /// How many, how long, both or neither.
    private static Command inviteCode(String name, String argument) {
        int uses = 1;
        Duration valid = INVITE_VALID;
        String[] words = argument.isEmpty() ? new String[0] : argument.split("\\s+");
        int next = 0;
        if (next < words.length && words[next].matches("[0-9]{1,6}")) {
            uses = Integer.parseInt(words[next++]);
        }
        if (next < words.length && Spans.of(words[next]).isPresent()) {
            valid = Spans.of(words[next++]).get();
        }
        return next == words.length
                ? new Command.MakeInvite(uses, valid)
                : new Command.Wrong(Text.NEEDS_USES, name);
    }

    private static Command named(
            String name, String argument, Text complaint, Function<String, Command> made) {
        return argument.isEmpty() ? new Command.Wrong(complaint, name) : made.apply(argument);
    }

    private static Command aboutMessage(String name, String argument) {
        Matcher numbered = NUMBERED.matcher(argument);
        boolean isNumbered = numbered.matches();
        long seq = isNumbered ? Long.parseLong(numbered.group(1)) : 0;
        String rest = isNumbered ? String.valueOf(numbered.group(2)) : argument;
        String text = isNumbered && numbered.group(2) == null ? "" : rest;
        return switch (name) {
            case "/reply" ->
                    named(name, text, Text.NEEDS_TEXT, words -> new Command.Reply(seq, words));
            case "/react" ->
                    named(name, text, Text.NEEDS_EMOJI, emoji -> new Command.React(seq, emoji));
            case "/edit" -> new Command.Edit(seq, text);
            case "/delete" -> alone(name, text, new Command.Delete(seq));
            case "/unreact" -> alone(name, text, new Command.Unreact(seq));
            default ->
                    isNumbered
                            ? alone(name, text, new Command.Pin(seq, name.equals("/unpin")))
                            : new Command.Wrong(Text.NEEDS_NUMBER, name);
        };
    }

    /// A command that takes nothing but a number: what else stands there may be a number without
    /// its mark, and the wrong message must not be deleted.
    private static Command alone(String name, String text, Command command) {
        return text.isEmpty() ? command : new Command.Wrong(Text.NEEDS_NUMBER, name);
    }

    private static Command verify(String name, String argument) {
        return argument.isEmpty() || argument.equalsIgnoreCase("yes")
                ? new Command.Verify(!argument.isEmpty())
                : new Command.Wrong(Text.NEEDS_YES, name);
    }

    private static Command history(String name, String argument) {
        if (argument.isEmpty()) {
            return new Command.History(0);
        }
        if (argument.matches("[1-9][0-9]{0,8}")) {
            return new Command.History(Math.min(Long.parseLong(argument), HISTORY_MAX));
        }
        if (!DAY.matcher(argument).matches()) {
            return new Command.Wrong(Text.NEEDS_DATE, name);
        }
        try {
            return new Command.HistoryFrom(LocalDate.parse(argument));
        } catch (DateTimeException e) {
            return new Command.Wrong(Text.NEEDS_DATE, name);
        }
    }
}
