package localchat.client.fx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClientMainTest {
    private static final Map<String, String> LINUX = Map.of("os.name", "Linux");

    @Test
    void findsThatThereIsNoDisplay() {
        assertTrue(ClientMain.lacksDisplay(LINUX, Map.of()));
        assertTrue(ClientMain.lacksDisplay(LINUX, Map.of("DISPLAY", "")));
        assertFalse(ClientMain.lacksDisplay(LINUX, Map.of("DISPLAY", ":0")));
        assertFalse(ClientMain.lacksDisplay(LINUX, Map.of("WAYLAND_DISPLAY", "wayland-0")));
        assertFalse(ClientMain.lacksDisplay(Map.of("os.name", "Windows 11"), Map.of()));
        assertFalse(
                ClientMain.lacksDisplay(
                        Map.of("os.name", "Linux", "glass.platform", "Headless"), Map.of()));
    }
}
