package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import localchat.fuzz.FuzzText;

/// Any text as an address: it is one, whose own text is read as the same, or it is refused with
/// words for a person.
///
/// Input: a [FuzzText].
public final class ServerAddressFuzz {
    private ServerAddressFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = FuzzText.of(input);
        ServerAddress address;
        try {
            address = ServerAddress.parse(text);
        } catch (IllegalArgumentException e) {
            assertEquals(IllegalArgumentException.class, e.getClass(), "not a refusal of ours");
            assertFalse(e.getMessage().isBlank());
            return;
        }
        assertEquals(address, ServerAddress.parse(address.toString()));
        assertEquals(Optional.empty(), ServerAddress.hostFault(address.host()));
        assertTrue(address.port() >= 1 && address.port() <= 65_535);
        assertTrue(address.host().length() <= 300, "a host of " + address.host().length());
        assertTrue(address.toString().chars().allMatch(c -> c > ' ' && c < 0x7F), text);
        // Asks no name server: either is fine, as long as it says so at once.
        boolean loopback = address.isLoopback();
        assertEquals(loopback, ServerAddress.parse(address.toString()).isLoopback());
    }
}
