package localchat.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "2001:db8:1:2::1, 2001:db8:1:2::, true",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "fe80::1, fe80::2, true",
        "127.0.0.1, 127.0.0.2, false",
    })
    void tellsNetworksApart(String one, String other, boolean same) {
        if (same) {
            assertEquals(Doorway.source(one), Doorway.source(other));
        } else {
            assertNotEquals(Doorway.source(one), Doorway.source(other));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
    void knowsLoopback(String address) {
        assertEquals(true, Doorway.source(address).loopback());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "::", "::2", "2001:db8::1", "10.0.0.1"})
    void takesNothingElseForLoopback(String address) {
        assertEquals(false, Doorway.source(address).loopback());
    }
}
