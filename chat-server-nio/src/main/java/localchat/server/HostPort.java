package localchat.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Addresses as text.
final class HostPort {
    private HostPort() {}

    /// `ADDR:PORT`, IPv6 in brackets and in its short form.
    static String text(InetSocketAddress address) {
        return text(address.getAddress(), address.getPort());
    }

    static String text(InetAddress address, int port) {
        return address instanceof Inet6Address six
                ? "[" + Ipv6Text.shortForm(six) + "]:" + port
                : address.getHostAddress() + ":" + port;
    }
}
