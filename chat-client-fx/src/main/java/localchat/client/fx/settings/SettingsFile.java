package localchat.client.fx.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Properties;
import localchat.client.fx.i18n.Language;
import net.harawata.appdirs.AppDirsFactory;

/// Keeps [Settings] in a small file. What cannot be read counts as not there, value by value: a
/// window that opens with defaults is better than one that does not open.
public final class SettingsFile {
    private static final int TEXT_CHARS_MAX = 300;

    private final Path path;

    /// Settings in this file; it need not exist.
    public SettingsFile(Path path) {
        this.path = path;
    }

    /// The file in the platform's settings folder.
    public static SettingsFile ofPlatform() {
        String folder = AppDirsFactory.getInstance().getUserConfigDir("localchat", null, null);
        return new SettingsFile(Path.of(folder, "window.properties"));
    }

    /// What was saved, or for each value that was not the one of `defaults`.
    public Settings load(Settings defaults) {
        Properties saved = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            saved.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return defaults;
        }
        return new Settings(
                text(saved, "name", defaults.name()),
                text(saved, "host", defaults.host()),
                text(saved, "port", defaults.port()),
                Language.ofTag(saved.getProperty("language", defaults.language().tag())),
                theme(saved.getProperty("theme", ""), defaults.theme()));
    }

    /// Writes them, whole or not at all.
    public void save(Settings settings) throws IOException {
        Properties values = new Properties();
        values.setProperty("name", settings.name());
        values.setProperty("host", settings.host());
        values.setProperty("port", settings.port());
        values.setProperty("language", settings.language().tag());
        values.setProperty("theme", settings.theme().name().toLowerCase(Locale.ROOT));
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path next = path.resolveSibling(path.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
            values.store(writer, "Local Chat: what the window remembers");
        }
        Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String text(Properties saved, String key, String otherwise) {
        String value = saved.getProperty(key, otherwise);
        return value.length() > TEXT_CHARS_MAX ? otherwise : value;
    }

    private static Theme theme(String word, Theme otherwise) {
        return switch (word) {
            case "light" -> Theme.LIGHT;
            case "dark" -> Theme.DARK;
            default -> otherwise;
        };
    }
}
