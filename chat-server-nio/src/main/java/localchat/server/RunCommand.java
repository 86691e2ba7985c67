package localchat.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import localchat.core.identity.KeyWords;
import localchat.core.model.MessageText;
import localchat.core.model.ServerAddress;
import localchat.core.protocol.ProtocolLimits;
import localchat.server.net.NetLimits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `chat-server run`: runs the server until it is told to stop.
@Command(
        name = "run",
        description = "Runs the server in the foreground until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    /// The process is ending already; its exit code is the shutdown hook's.
    static final int EXIT_IN_SHUTDOWN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    /// Time for the server to end after SIGTERM.
    private static final Duration STOP_PATIENCE = Duration.ofMillis(4_500);

    private enum Auth {
        KEY,
        NONE
    }

    private enum Admission {
        OPEN,
        INVITE
    }

    private enum Store {
        SQLITE,
        MEMORY
    }

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "ADDR",
            description =
                    "Address or name to listen on; may be given more than once. Default: all.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on, 0 for a free one. Default: 7667.")
    private String port = String.valueOf(ServerConfig.DEFAULT_PORT);

    @Option(names = "--name", paramLabel = "TEXT", description = "What the server calls itself.")
    private String name = "Local Chat";

    @Option(
            names = "--plaintext",
            description =
                    "Without encryption, for benchmarks and debugging: on loopback addresses alone,"
                            + " which are then the default.")
    private boolean plaintext;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder where messages are kept. Default: $LOCALCHAT_DATA, else a folder of"
                            + " this user's.")
    private @Nullable Path data;

    @Option(
            names = "--store",
            paramLabel = "KIND",
            description =
                    "How messages are kept: sqlite, in the data folder; or memory, they end with"
                            + " the server. Default: sqlite.")
    private Store store = Store.SQLITE;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "With --store memory: messages kept, over all rooms. Default: 100000.")
    private @Nullable Integer keep;

    @Option(
            names = "--auth",
            paramLabel = "KIND",
            description =
                    "key: a login proves its device key. none: for benchmarks, only with --plaintext"
                            + " --store memory. Default: key.")
    private Auth auth = Auth.KEY;

    @Option(
            names = "--admission",
            paramLabel = "KIND",
            description =
                    "open: whoever can reach the server may come in. invite: whoever is new needs an"
                            + " invite. Default: open.")
    private Admission admission = Admission.OPEN;

    @Option(
            names = "--posts-per-second",
            paramLabel = "N",
            description = "Posts of one person in the long run; 0: no limit. Default: 50.")
    private int postsPerSecond = ServerConfig.POSTS_PER_SECOND;

    @Mixin private QrOption qr = new QrOption();

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    RunCommand() {}

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        int portNumber = parsePort();
        checkOptions();
        try {
            ChatServer server = ChatServer.start(config(portNumber));
            return serve(server);
        } catch (IOException e) {
            err.println("chat-server: " + e.getMessage());
            return 1;
        }
    }

    private int parsePort() {
        if (!port.matches("[0-9]{1,9}") || Integer.parseInt(port) > 65535) {
            throw wrong("--port must be a number from 0 to 65535, not \"" + port + "\"");
        }
        return Integer.parseInt(port);
    }

    private void checkOptions() {
        for (String host : hosts) {
            Optional<String> fault = ServerAddress.hostFault(host);
            if (fault.isPresent()) {
                throw wrong("--host: " + fault.get());
            }
        }
        int nameBytes = MessageText.utf8Length(name);
        boolean printable = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isBlank()
                || nameBytes < 0
                || nameBytes > ProtocolLimits.LABEL_BYTES_MAX
                || !printable) {
            throw wrong(
                    "--name must be 1 to "
                            + ProtocolLimits.LABEL_BYTES_MAX
                            + " bytes of printable text");
        }
        if (postsPerSecond < 0) {
            throw wrong("--posts-per-second must not be below 0");
        }
        if (keep != null && keep < 1) {
            throw wrong("--keep must be 1 or more");
        }
        if (keep != null && store != Store.MEMORY) {
            throw wrong("--keep is for --store memory; a database keeps everything");
        }
        if (data != null && store == Store.MEMORY) {
            throw wrong("--data is not for --store memory, which keeps nothing on disk");
        }
        if (admission == Admission.INVITE && auth == Auth.NONE) {
            throw wrong("--admission invite needs device keys: not with --auth none");
        }
        if (auth == Auth.NONE && (!plaintext || store != Store.MEMORY)) {
            throw wrong("--auth none is allowed only together with --plaintext --store memory");
        }
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    private ServerConfig config(int portNumber) throws IOException {
        List<InetSocketAddress> addresses =
                plaintext && hosts.isEmpty()
                        ? ListenAddresses.loopback(portNumber)
                        : ListenAddresses.resolve(hosts, portNumber);
        for (InetSocketAddress address : addresses) {
            if (plaintext && !address.getAddress().isLoopbackAddress()) {
                throw wrong(
                        "--plaintext is for loopback addresses only, such as --host 127.0.0.1, not "
                                + HostPort.text(address));
            }
        }
        return new ServerConfig(
                addresses,
                name,
                !plaintext,
                auth == Auth.KEY,
                admission == Admission.INVITE,
                postsPerSecond,
                ServerConfig.POSTS_BURST,
                storeConfig(),
                ServerConfig.RING_BYTES_MAX,
                NetLimits.standard());
    }

    private StoreConfig storeConfig() {
        return switch (store) {
            case MEMORY ->
                    keep == null ? StoreConfig.Memory.standard() : new StoreConfig.Memory(keep);
            case SQLITE -> new StoreConfig.Durable(data == null ? DataOption.standard() : data);
        };
    }

    private int serve(ChatServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onShutdown(server), "shutdown"));
        if (plaintext) {
            LOG.warn("connections are not encrypted: programs of this machine can read along");
        }
        announce(server);
        try {
            server.awaitEnd();
            return server.hasFailed() ? 1 : EXIT_IN_SHUTDOWN;
        } catch (InterruptedException e) {
            return EXIT_IN_SHUTDOWN;
        }
    }

    private void announce(ChatServer server) {
        PrintWriter out = spec.commandLine().getOut();
        for (InetSocketAddress bound : server.listening()) {
            for (InetSocketAddress address : ListenAddresses.reachable(bound, hosts.isEmpty())) {
                out.println("listening on " + HostPort.text(address));
            }
        }
        server.joinLink()
                .ifPresent(link -> {
                    out.println(link);
                    qr.print(out, link);
                });
        out.flush();
        server.adminCode().ifPresent(this::tellAdminCode);
        if (!plaintext) {
            LOG.info(
                    "who typed the address compares these words: {}",
                    String.join(" ", KeyWords.of(server.keyHash())));
        }
        out.flush();
    }

    /// On the console, not in the log: it is a secret until it is used.
    private void tellAdminCode(String code) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                "administrator code: "
                        + code
                        + " (makes whoever brings it the first administrator; told this once)");
        err.flush();
    }

    /// Runs on the shutdown thread, after SIGTERM or SIGINT: a server that was asked to end has
    /// done what it was asked, so the exit code is 0.
    private static void onShutdown(ChatServer server) {
        int exitCode = 0;
        try {
            exitCode = server.stop(STOP_PATIENCE) && !server.hasFailed() ? 0 : 1;
        } catch (InterruptedException e) {
            exitCode = 1;
        }
        ServerLog.flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
