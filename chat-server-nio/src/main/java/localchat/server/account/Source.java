package localchat.server.account;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Where somebody comes from, as far as limits tell apart: an IPv4 address, or the 64 bits of an
/// IPv6 address that a network has; the rest a machine may choose as it likes.
///
/// @param loopback programs of this machine; limits that count addresses do not apply to them
public record Source(InetAddress address, boolean loopback) {
    private static final int PREFIX_BYTES = 8;

    /// Where this address comes from.
    public static Source of(InetAddress remote) {
        if (!(remote instanceof Inet6Address) || remote.isLoopbackAddress()) {
            return new Source(remote, remote.isLoopbackAddress());
        }
        byte[] prefix = remote.getAddress();
        Arrays.fill(prefix, PREFIX_BYTES, prefix.length, (byte) 0);
        try {
            return new Source(InetAddress.getByAddress(prefix), false);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
