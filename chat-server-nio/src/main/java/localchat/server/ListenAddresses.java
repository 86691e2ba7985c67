package localchat.server;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
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
            return List.of(new InetSocketAddress(everywhere(), port));
        }
        LinkedHashSet<InetAddress> addresses = new LinkedHashSet<>();
        for (String host : hosts) {
            try {
                addresses.addAll(usable(InetAddress.getAllByName(host)));
            } catch (UnknownHostException e) {
                throw new IOException("cannot resolve the host name \"" + host + "\"", e);
            }
        }
        return addresses.stream().map(address -> new InetSocketAddress(address, port)).toList();
    }

    /// All interfaces: IPv6's any address, which takes IPv4 too, where the machine speaks it.
    private static InetAddress everywhere() throws UnknownHostException {
        return hasIpv6()
                ? InetAddress.getByAddress(new byte[16])
                : InetAddress.getByAddress(new byte[4]);
    }

    /// This machine's addresses for itself.
    static List<InetSocketAddress> loopback(int port) throws UnknownHostException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        addresses.add(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        byte[] six = new byte[16];
        six[15] = 1;
        InetAddress loopback = InetAddress.getByAddress(six);
        if (isOwn(loopback)) {
            addresses.add(new InetSocketAddress(loopback, port));
        }
        return addresses;
    }

    private static boolean hasIpv6() {
        try (ServerSocketChannel probe = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            return probe.isOpen();
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /// Of a name's addresses those of this machine; all of them when none is, so that binding says
    /// why.
    private static List<InetAddress> usable(InetAddress[] all) {
        List<InetAddress> own =
                Arrays.stream(all).filter(address -> all.length == 1 || isOwn(address)).toList();
        return own.isEmpty() ? Arrays.asList(all) : own;
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /// The addresses by which a bound one can be reached: itself, or for all interfaces each
    /// address of this machine but those that hold on one link only; those of the network first.
    static List<InetSocketAddress> reachable(InetSocketAddress bound, boolean expandWildcard) {
        if (!expandWildcard || !bound.getAddress().isAnyLocalAddress()) {
            return List.of(bound);
        }
        boolean six = bound.getAddress() instanceof Inet6Address;
        List<InetAddress> own =
                new ArrayList<>(
                        interfaceAddresses().stream()
                                .filter(address -> !address.isLinkLocalAddress())
                                .filter(address -> six || address instanceof Inet4Address)
                                .toList());
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

    /// The addresses of all interfaces that are up. One that goes away meanwhile is left out.
    private static List<InetAddress> interfaceAddresses() {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface net : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (net.isUp()) {
                    net.inetAddresses().forEach(addresses::add);
                }
            }
        } catch (SocketException e) {
            return addresses;
        }
        return addresses;
    }
}
