package localchat.server.admin;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a command asks. One line on the socket, words with one blank between: `localchat-control
/// VERSION REQUEST [NAME=VALUE …]`. A connection carries one request and its [Answer].
public sealed interface ControlRequest {
    /// Changes when a server could misunderstand a request of another version.
    int VERSION = 1;

    /// For the join link.
    record Link() implements ControlRequest {}

    /// For an invite: `invite uses=N valid=SECONDS`.
    record CreateInvite(InviteWish wish) implements ControlRequest {}

    /// As it is sent, without the line feed.
    default String line() {
        return "localchat-control "
                + VERSION
                + switch (this) {
                    case Link() -> " link";
                    case CreateInvite(InviteWish(int uses, long validSeconds)) ->
                            " invite uses=" + uses + " valid=" + validSeconds;
                };
    }

    /// Reads [#line].
    ///
    /// @throws IllegalArgumentException when it is none; the message is one line for a person
    static ControlRequest parse(String line) {
        List<String> words = List.of(line.split(" ", -1));
        if (words.size() < 3 || !words.getFirst().equals("localchat-control")) {
            throw new IllegalArgumentException("this is not a request of chat-server");
        }
        if (!words.get(1).equals(String.valueOf(VERSION))) {
            throw new IllegalArgumentException(
                    "the running server understands commands of version "
                            + VERSION
                            + " only: use the chat-server program that it was started from");
        }
        String asked = String.join(" ", words.subList(2, words.size()));
        if (asked.equals("link")) {
            return new Link();
        }
        Matcher invite =
                Pattern.compile("invite uses=(?<uses>[0-9]{1,9}) valid=(?<valid>[0-9]{1,18})")
                        .matcher(asked);
        if (invite.matches()) {
            return new CreateInvite(
                    new InviteWish(
                            Integer.parseInt(invite.group("uses")),
                            Long.parseLong(invite.group("valid"))));
        }
        throw new IllegalArgumentException(
                "the running server does not know this command: use the chat-server program that"
                        + " it was started from");
    }
}
