package localchat.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import localchat.core.identity.KeySuccession;
import localchat.core.identity.KeyWords;
import localchat.core.identity.ServerKey;
import localchat.server.storage.DataFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `chat-server rotate-key`: gives the stopped server of a data folder a new key.
@Command(
        name = "rotate-key",
        description = {
            "Gives the server a new key, which its old key signs: whoever knows the old one follows"
                    + " without being asked. The server must be stopped.",
            "It is no help against somebody who has a copy of the old key: that takes a new data"
                    + " folder."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RotateKeyCommand implements Callable<Integer> {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Mixin private DataOption data = new DataOption();

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    RotateKeyCommand() {}

    @Override
    public Integer call() {
        Path path = data.folder();
        try {
            if (!ServerKey.exists(path)) {
                throw new IOException("there is no server's key in the data folder " + path);
            }
            try (DataFolder folder = DataFolder.open(path)) {
                int before = ServerKey.load(folder.path()).succession().size();
                tell(ServerKey.rotate(folder.path()), before);
            }
            return 0;
        } catch (DataFolder.InUseException e) {
            return failed("a server runs on the data folder " + path + ": stop it first");
        } catch (IOException e) {
            return failed(e.getMessage());
        }
    }

    private int failed(@org.jspecify.annotations.Nullable String line) {
        spec.commandLine().getErr().println("chat-server: " + line);
        return 1;
    }

    /// @param before links of the succession before
    private void tell(ServerKey key, int before) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "The server has a new key. Its six words: "
                        + String.join(" ", KeyWords.of(key.hash())));
        out.println(
                "Start it again. Programs that know the key before follow by themselves, and links"
                        + " given out before go on working.");
        out.println(
                "Put the new "
                        + ServerKey.FILE_NAME
                        + " with your backups: who has followed refuses the old key.");
        if (before == KeySuccession.LINKS_MAX) {
            out.println(
                    "The last "
                            + KeySuccession.LINKS_MAX
                            + " keys lead to it and no older one does any more: programs and links"
                            + " that know only an older one are refused, and need a new link.");
        } else if (before == KeySuccession.LINKS_MAX - 1) {
            out.println(
                    "The last "
                            + KeySuccession.LINKS_MAX
                            + " keys lead to it, which is all that there is room for: with the next"
                            + " new key, the oldest no longer will.");
        }
        out.flush();
    }
}
