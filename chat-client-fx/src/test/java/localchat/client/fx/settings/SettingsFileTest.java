package localchat.client.fx.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import localchat.client.fx.i18n.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsFileTest {
    private static final Settings DEFAULTS =
            new Settings("", "", "7667", Language.ENGLISH, Theme.LIGHT);

    @TempDir private Path folder;

    @Test
    void givesBackWhatWasSaved() throws IOException {
        Settings settings = new Settings("Zoë = ü", "::1", "7000", Language.PORTUGUESE, Theme.DARK);
        SettingsFile file = new SettingsFile(folder.resolve("new/window.properties"));
        file.save(settings);
        assertEquals(settings, file.load(DEFAULTS));
    }

    @Test
    void beginsWithDefaultsWhereNothingWasSaved() {
        assertEquals(DEFAULTS, new SettingsFile(folder.resolve("none")).load(DEFAULTS));
    }

    @Test
    void opensWithDefaultsWhenTheFileIsBroken() throws IOException {
        Path path = folder.resolve("broken");
        Files.write(path, new byte[] {'n', '=', '\\', 'u', 'z', (byte) 0xff});
        assertEquals(DEFAULTS, new SettingsFile(path).load(DEFAULTS));
    }

    @Test
    void ignoresSingleValuesThatMakeNoSense() throws IOException {
        Path path = folder.resolve("odd");
        Files.writeString(
                path, "theme=pink\nlanguage=xx\nname=" + "n".repeat(400) + "\nhost=box\n");
        Settings expected = new Settings("", "box", "7667", Language.ENGLISH, Theme.LIGHT);
        assertEquals(expected, new SettingsFile(path).load(DEFAULTS));
    }
}
