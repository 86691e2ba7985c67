package localchat.server.torture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import localchat.server.TestServers;

/// How a server is started, again and again on the same port.
///
/// @param before a command that ends with becoming the program whose command line follows
/// @param environment variables beside those of this process
/// @param program what to start: the packaged program, or a main of the tests around it
/// @param address where it is reached
/// @param data its data folder
/// @param options further options of `run`
record ServerLaunch(
        List<String> before,
        Map<String, String> environment,
        List<String> program,
        InetSocketAddress address,
        Path data,
        List<String> options) {
    private static final Path HOME = Path.of("target", "chat-server");

    /// Ports for servers. Reason: below those that the kernel gives to clients, one of which would
    /// otherwise sit on a server's port while it restarts.
    private static final int PORT_MIN = 20_000;

    private static final int PORT_MAX = 30_000;

    /// The packaged server on a free port of loopback. It can be asked for its [Vitals].
    static ServerLaunch on(Path data) throws IOException {
        return new ServerLaunch(
                List.of(),
                Map.of("LOCALCHAT_JAVA_OPTS", Vitals.JVM_OPTION),
                List.of(HOME.resolve("bin").resolve("chat-server").toString()),
                freeAddress(),
                data,
                List.of());
    }

    private static InetSocketAddress freeAddress() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            try (ServerSocket socket = new ServerSocket(port, 1, loopback)) {
                return new InetSocketAddress(loopback, socket.getLocalPort());
            } catch (IOException e) {
                // Somebody has it: another one.
            }
        }
        throw new IOException("no port is free");
    }

    /// A main class of the tests in place of the packaged program, with the same JVM options.
    ///
    /// @param properties system properties, `name=value`
    ServerLaunch withMain(Class<?> main, String... properties) {
        String classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("@" + HOME.resolve("lib").resolve("chat-server.options"));
        Arrays.stream(properties).map(property -> "-D" + property).forEach(command::add);
        command.addAll(List.of("-cp", classes, main.getName()));
        return new ServerLaunch(before, environment, command, address, data, options);
    }

    ServerLaunch before(String... command) {
        return new ServerLaunch(List.of(command), environment, program, address, data, options);
    }

    ServerLaunch withEnvironment(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new ServerLaunch(before, more, program, address, data, options);
    }

    ServerLaunch withData(Path folder) {
        return new ServerLaunch(before, environment, program, address, folder, options);
    }

    /// The same folder for other clients, or none.
    ServerLaunch onAnotherPort() throws IOException {
        return new ServerLaunch(before, environment, program, freeAddress(), data, options);
    }

    /// Is reached at another address, with the same port; the network leads from there to the
    /// loopback address that it listens on.
    ServerLaunch withHost(InetAddress host) {
        return new ServerLaunch(
                before,
                environment,
                program,
                new InetSocketAddress(host, address.getPort()),
                data,
                options);
    }

    ServerLaunch withOptions(String... more) {
        return new ServerLaunch(before, environment, program, address, data, List.of(more));
    }

    /// The command line.
    List<String> command() {
        List<String> command = new ArrayList<>(before);
        command.addAll(program);
        command.addAll(
                List.of(
                        "run",
                        "--host",
                        InetAddress.getLoopbackAddress().getHostAddress(),
                        "--port",
                        String.valueOf(address.getPort()),
                        "--data",
                        data.toString()));
        if (!TestServers.isEncrypted()) {
            command.add("--plaintext");
        }
        command.addAll(options);
        return command;
    }

    /// Starts it and waits until it listens.
    DurableServer start() throws Exception {
        DurableServer server = DurableServer.launch(this);
        try {
            server.awaitListening();
            return server;
        } catch (IOException | AssertionError e) {
            server.close();
            throw e;
        }
    }

    /// Starts it, whatever comes of it.
    DurableServer launch() throws IOException {
        return DurableServer.launch(this);
    }
}
