package localchat.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localchat.core.identity.JoinLink;
import localchat.core.identity.JoinLinkException;
import localchat.server.admin.Answer;
import localchat.server.admin.ControlClient;
import localchat.server.admin.ControlRequest;
import localchat.server.admin.InviteWish;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `chat-server invite`: asks the running server for an invite and prints its link.
@Command(
        name = "invite",
        description = "Prints a join link with an invite to the server that runs on this machine.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InviteCommand implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("(?<count>[0-9]{1,9})(?<unit>[mhd])");

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--uses",
            paramLabel = "N",
            description = "How many people it lets in, 0 for any number. Default: 1.")
    private int uses = 1;

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            description =
                    "For how long, such as 30m, 12h or 7d, 0 until it is revoked. Default: 7d.")
    private String valid = "7d";

    @Mixin private QrOption qr = new QrOption();

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    InviteCommand() {}

    @Override
    public Integer call() {
        InviteWish wish = wish();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            // The link first: an invite that no link can carry is not made.
            JoinLink link = JoinLink.parse(text(new ControlRequest.Link()).orElse(""));
            Optional<String> code = text(new ControlRequest.CreateInvite(wish));
            if (code.isEmpty()) {
                err.println("chat-server: this server is open: its link needs no invite");
            }
            String text = new JoinLink(link.addresses(), link.key(), code).text();
            out.println(text);
            qr.print(out, text);
            out.flush();
            return 0;
        } catch (JoinLinkException e) {
            err.println("chat-server: the server gave no join link: " + e.getMessage());
        } catch (IOException e) {
            err.println("chat-server: " + e.getMessage());
        }
        return 1;
    }

    /// What the server answers; nothing when what is asked for is not needed.
    private Optional<String> text(ControlRequest request) throws IOException {
        return switch (ControlClient.ask(data.folder(), request)) {
            case Answer.Text(String text) -> Optional.of(text);
            case Answer.NotNeeded() -> Optional.empty();
            case Answer.Refused(String reason) -> throw new IOException(reason);
        };
    }

    private InviteWish wish() {
        try {
            return new InviteWish(uses, validSeconds());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private long validSeconds() {
        if (valid.equals("0")) {
            return 0;
        }
        Matcher time = TIME.matcher(valid);
        if (!time.matches() || Long.parseLong(time.group("count")) == 0) {
            throw wrong(
                    "--valid must be a time such as 30m, 12h or 7d, or 0, not \"" + valid + "\"");
        }
        long unitSeconds =
                switch (time.group("unit")) {
                    case "m" -> 60;
                    case "h" -> 3_600;
                    default -> 86_400;
                };
        return Long.parseLong(time.group("count")) * unitSeconds;
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
