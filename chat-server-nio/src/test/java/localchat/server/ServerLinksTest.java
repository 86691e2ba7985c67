package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import localchat.core.identity.JoinLink;
import localchat.core.model.Digest32;
import org.junit.jupiter.api.Test;

class ServerLinksTest {
    private static final Digest32 KEY = new Digest32(new byte[32]);

    private static InetSocketAddress at(int... address) throws UnknownHostException {
        byte[] bytes = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            bytes[i] = (byte) address[i];
        }
        return new InetSocketAddress(InetAddress.getByAddress(bytes), 7777);
    }

    private static List<String> addresses(InetSocketAddress... bound) {
        return ServerLinks.link(Arrays.asList(bound), KEY)
                .map(JoinLink::parse)
                .map(JoinLink::addresses)
                .orElse(List.of())
                .stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void leavesOutWhatOthersCannotReach() throws UnknownHostException {
        assertEquals(
                List.of("192.0.2.1:7777", "198.51.100.7:7777"),
                addresses(at(192, 0, 2, 1), at(127, 0, 0, 1), at(198, 51, 100, 7)));
    }

    @Test
    void namesLoopbackWhenThereIsNothingElse() throws UnknownHostException {
        assertEquals(List.of("127.0.0.1:7777"), addresses(at(127, 0, 0, 1)));
    }

    @Test
    void leavesOutAddressesOfOneLinkAndDoubles() throws UnknownHostException {
        assertEquals(
                List.of("192.0.2.1:7777"),
                addresses(at(169, 254, 1, 1), at(192, 0, 2, 1), at(192, 0, 2, 1)));
        assertEquals(List.of(), addresses(at(169, 254, 1, 1)));
    }

    @Test
    void namesEightAtTheMost() throws UnknownHostException {
        InetSocketAddress[] nine = new InetSocketAddress[JoinLink.ADDRESSES_MAX + 1];
        for (int i = 0; i < nine.length; i++) {
            nine[i] = at(192, 0, 2, i + 1);
        }
        assertEquals(JoinLink.ADDRESSES_MAX, addresses(nine).size());
        assertEquals(
                JoinLink.ADDRESSES_MAX, addresses(Arrays.copyOf(nine, nine.length - 1)).size());
    }

    @Test
    void namesThisMachinesAddressesForAll() throws UnknownHostException {
        Optional<String> link = ServerLinks.link(List.of(at(0, 0, 0, 0)), KEY);
        assertTrue(link.isPresent());
        assertTrue(
                JoinLink.parse(link.get()).addresses().stream()
                        .noneMatch(address -> address.host().equals("0.0.0.0")));
    }
}
