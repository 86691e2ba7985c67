package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceNameTest {
    @Test
    void namesTheMachineAsFarAsTheEnvironmentKnowsIt() {
        assertEquals("desk, Linux", DeviceName.of(Map.of("HOSTNAME", " desk "), "Linux"));
        assertEquals("BOX, Windows 11", DeviceName.of(Map.of("COMPUTERNAME", "BOX"), "Windows 11"));
        assertEquals("Linux", DeviceName.of(Map.of("HOSTNAME", " "), "Linux"));
        assertEquals("", DeviceName.of(Map.of(), ""));
    }

    @Test
    void cutsWhatTheProtocolDoesNotTake() {
        String longest = "x".repeat(DeviceName.BYTES_MAX - 3);
        assertEquals(longest + ", L", DeviceName.of(Map.of("HOSTNAME", longest), "Linux"));
        assertEquals("é".repeat(32), DeviceName.of(Map.of(), "é".repeat(33)));
        assertEquals("a b", DeviceName.of(Map.of(), "a\u0007 b\n"));
        assertEquals("ab", DeviceName.of(Map.of(), "a\ud800b"));
    }
}
