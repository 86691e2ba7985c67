package localchat.server;

import java.net.Inet6Address;
import java.nio.ByteBuffer;

/// IPv6 addresses in the form of RFC 5952: lower case, no leading zeros, the longest run of two or
/// more zero groups as `::`, with the zone where the address holds on one link only.
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static String shortForm(Inet6Address address) {
        ByteBuffer groups = ByteBuffer.wrap(address.getAddress());
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = 0;
            while (i + length < GROUPS && groups.getShort(2 * (i + length)) == 0) {
                length++;
            }
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                if (i > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups.getShort(2 * i) & 0xffff));
            }
        }
        String full = address.getHostAddress();
        int zone = address.isLinkLocalAddress() ? full.indexOf('%') : -1;
        return zone < 0 ? text.toString() : text + full.substring(zone);
    }
}
