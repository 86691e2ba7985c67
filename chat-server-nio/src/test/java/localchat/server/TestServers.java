package localchat.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import localchat.server.net.NetLimits;

/// Servers for tests: on loopback, on a free port.
public final class TestServers {
    /// A property with which every test runs its servers encrypted.
    private static final String ENCRYPTED = "localchat.test.encrypted";

    private TestServers() {}

    /// Whether servers speak TLS in this run of the tests, unless a test says otherwise.
    public static boolean isEncrypted() {
        return Boolean.getBoolean(ENCRYPTED);
    }

    public static ChatServer start() throws IOException {
        return ChatServer.start(standard());
    }

    public static ServerConfig standard() {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerConfig encrypted = ServerConfig.standard(List.of(loopback), "test");
        return isEncrypted() ? encrypted : encrypted.plaintext();
    }

    /// That speaks TLS, with other limits of connections.
    public static ChatServer startEncrypted(UnaryOperator<NetLimits> change) throws IOException {
        ServerConfig plain = standard();
        return ChatServer.start(
                new ServerConfig(
                        plain.addresses(),
                        plain.name(),
                        true,
                        plain.proofRequired(),
                        plain.inviteNeeded(),
                        plain.postsPerSecond(),
                        plain.postsBurst(),
                        plain.store(),
                        plain.ringBytesMax(),
                        change.apply(plain.net())));
    }

    /// With other limits of connections.
    public static ChatServer start(UnaryOperator<NetLimits> change) throws IOException {
        ServerConfig config = standard();
        return ChatServer.start(
                new ServerConfig(
                        config.addresses(),
                        config.name(),
                        config.encrypted(),
                        config.proofRequired(),
                        config.inviteNeeded(),
                        config.postsPerSecond(),
                        config.postsBurst(),
                        config.store(),
                        config.ringBytesMax(),
                        change.apply(config.net())));
    }

    /// With another allowance of posts.
    public static ChatServer start(int postsPerSecond, int postsBurst) throws IOException {
        ServerConfig config = standard();
        return ChatServer.start(
                new ServerConfig(
                        config.addresses(),
                        config.name(),
                        config.encrypted(),
                        config.proofRequired(),
                        config.inviteNeeded(),
                        postsPerSecond,
                        postsBurst,
                        config.store(),
                        config.ringBytesMax(),
                        config.net()));
    }

    /// With short waits, in milliseconds.
    public static NetLimits hurried(
            NetLimits limits, int loginMillis, int frameMillis, int silentMillis) {
        long milli = 1_000_000L;
        return new NetLimits(
                limits.connectionsMax(),
                limits.connectionsPerAddressMax(),
                limits.loginsPerAddressMax(),
                limits.handshakesMax(),
                loginMillis * milli,
                frameMillis * milli,
                frameMillis * milli,
                silentMillis * milli / 3,
                silentMillis * milli,
                limits.stallNanos(),
                limits.answerBytesMax(),
                limits.answerBytesHigh(),
                limits.partialBytesMax(),
                limits.sendBufferBytes());
    }
}
