package localchat.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// From what was written after `--host` to the addresses to bind, and from what was bound to the
/// addresses that people can use.
final class ListenAddresses {
    private ListenAddresses() {}

    /// The addresses to bind: of each host all, each once; of none, all interfaces.
    ///
    /// @throws IOException when a name cannot be resolved; the message is one line for a person
    static List<InetSocketAddress> resolve(List<String> hosts, int port) throws IOException {
        if (hosts.isEmpty()) {
            return List.of(new InetSocketAddress(port));
        }
        LinkedHashSet<InetAddress> addresses = new LinkedHashSet<>();
        for (String host : hosts) {
            try {
                addresses.addAll(Arrays.asList(InetAddress.getAllByName(host)));
            } catch (UnknownHostException e) {
                throw new IOException("cannot resolve the host name \"" + host + "\"", e);
            }
        }
        return addresses.stream().map(address -> new InetSocketAddress(address, port)).toList();
    }

    /// The addresses by which a bound one can be reached: itself, or for all interfaces each
    /// address of this machine but those that hold on one link only; those of the network first.
    static List<InetSocketAddress> reachable(InetSocketAddress bound, boolean expandWildcard)
            throws IOException {
        if (!expandWildcard || !bound.getAddress().isAnyLocalAddress()) {
            return List.of(bound);
        }
        List<InetAddress> own = new ArrayList<>();
        for (NetworkInterface net : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (net.isUp()) {
                net.inetAddresses()
                        .filter(address -> !address.isLinkLocalAddress())
                        .forEach(own::add);
            }
        }
        if (own.isEmpty()) {
            return List.of(bound);
        }
        own.sort(
                Comparator.comparing(InetAddress::isLoopbackAddress)
                        .thenComparingInt(address -> address.getAddress().length)
                        .thenComparing(InetAddress::getHostAddress));
        return own.stream()
                .map(address -> new InetSocketAddress(address, bound.getPort()))
                .toList();
    }
}
