package localchat.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localchat.core.identity.JoinLink;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;

/// The links that a server gives to people.
final class ServerLinks {
    private ServerLinks() {}

    /// The link by which people on other machines join; on this one when nobody else can. Addresses
    /// that mean something on one link of the network only are left out.
    ///
    /// @param bound where the server listens
    /// @return nothing when it has no address that others can use
    static Optional<String> link(List<InetSocketAddress> bound, Digest32 keyHash) {
        List<InetSocketAddress> reachable =
                bound.stream()
                        .flatMap(address -> ListenAddresses.reachable(address, true).stream())
                        .filter(address -> !address.getAddress().isLinkLocalAddress())
                        .filter(address -> !address.getAddress().isAnyLocalAddress())
                        .distinct()
                        .toList();
        boolean beyond = reachable.stream().anyMatch(ServerLinks::isBeyond);
        Stream<InetSocketAddress> useful =
                reachable.stream().filter(address -> !beyond || isBeyond(address));
        List<ServerAddress> addresses =
                useful.limit(JoinLink.ADDRESSES_MAX)
                        .map(address -> ServerAddress.parse(HostPort.text(address)))
                        .toList();
        return addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new JoinLink(addresses, keyHash, Optional.empty()).text());
    }

    private static boolean isBeyond(InetSocketAddress address) {
        return !address.getAddress().isLoopbackAddress();
    }
}
