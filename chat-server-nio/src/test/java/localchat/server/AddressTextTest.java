package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "::1, [::1]:7667",
        "::, [::]:7667",
        "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:7667",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:7667",
        "fe80:0:0:0:0:0:0:0, [fe80::]:7667",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]:7667",
        "192.168.1.5, 192.168.1.5:7667"
    })
    void writesAddressesInTheirShortForm(String address, String text) throws UnknownHostException {
        assertEquals(text, HostPort.text(InetAddress.getByName(address), 7667));
    }
}
