package localchat.server;

import java.net.InetSocketAddress;
import java.util.List;
import localchat.server.net.NetLimits;

/// What a server is started with.
///
/// @param addresses where to listen; port 0 takes a free one, the same for all
/// @param name what the server calls itself, at most 64 bytes of UTF-8
/// @param encrypted false only on loopback addresses, for benchmarks and debugging: TLS otherwise
/// @param proofRequired false only for benchmarks: a login then needs no valid signature
/// @param inviteNeeded whoever is new needs an invite
/// @param postsPerSecond posts of one person, refill of the allowance; 0: no limit
/// @param postsBurst size of the allowance
/// @param store where messages are kept
/// @param ringBytesMax memory of the live rings of all rooms together, in bytes of direct memory
/// @param net limits of connections
public record ServerConfig(
        List<InetSocketAddress> addresses,
        String name,
        boolean encrypted,
        boolean proofRequired,
        boolean inviteNeeded,
        int postsPerSecond,
        int postsBurst,
        StoreConfig store,
        long ringBytesMax,
        NetLimits net) {
    /// The port of a server that was told none.
    public static final int DEFAULT_PORT = 7667;

    /// Posts of one person in the long run, a second. Reason: a fast typist posts one; a script is
    /// slowed.
    public static final int POSTS_PER_SECOND = 50;

    /// Posts of one person at once. Reason: a pasted file, or an outbox filled in a week offline.
    public static final int POSTS_BURST = 2_000;

    /// Live rings of all rooms, in bytes.
    public static final long RING_BYTES_MAX = 64L * 1024 * 1024;

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException when there is no address, one that is not of loopback
    ///   without encryption, or a number is below 0
    public ServerConfig {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a server listens on at least one address");
        }
        if (!encrypted && !addresses.stream().allMatch(a -> a.getAddress().isLoopbackAddress())) {
            throw new IllegalArgumentException("plaintext is for loopback addresses only");
        }
        if (postsPerSecond < 0 || postsBurst < 1) {
            throw new IllegalArgumentException(
                    "posts per second %d must not be below 0, burst %d not below 1"
                            .formatted(postsPerSecond, postsBurst));
        }
    }

    /// The standard settings for these addresses, but messages end with the server.
    public static ServerConfig standard(List<InetSocketAddress> addresses, String name) {
        return new ServerConfig(
                addresses,
                name,
                true,
                true,
                false,
                POSTS_PER_SECOND,
                POSTS_BURST,
                StoreConfig.Memory.standard(),
                RING_BYTES_MAX,
                NetLimits.standard());
    }

    /// The same without encryption, for loopback addresses alone.
    public ServerConfig plaintext() {
        return new ServerConfig(
                addresses,
                name,
                false,
                proofRequired,
                inviteNeeded,
                postsPerSecond,
                postsBurst,
                store,
                ringBytesMax,
                net);
    }

    /// The same, but whoever is new needs an invite.
    public ServerConfig byInvite() {
        return new ServerConfig(
                addresses,
                name,
                encrypted,
                proofRequired,
                true,
                postsPerSecond,
                postsBurst,
                store,
                ringBytesMax,
                net);
    }
}
