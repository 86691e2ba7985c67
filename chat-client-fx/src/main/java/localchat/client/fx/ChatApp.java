package localchat.client.fx;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.look.Look;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.SettingsFile;
import localchat.client.fx.settings.Theme;
import localchat.core.model.ServerAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The window's life: started with what was remembered, ended within [#RELEASE_MAX] and
/// [#STOP_SECONDS].
public final class ChatApp extends Application {
    private static final Logger LOG = System.getLogger(ChatApp.class.getName());

    /// Longest wait for the session to keep what happened last when the window closes. Reason: a
    /// commit takes milliseconds; a stuck disk must not keep a closed window alive.
    private static final Duration RELEASE_MAX = Duration.ofSeconds(3);

    /// Longest wait for settings being written when the window closes, in seconds.
    private static final long STOP_SECONDS = 2;

    private static final double ICON_SIZE = 64;

    private final ExecutorService background =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("window-background").factory());
    private @Nullable Scenes scenes;
    private @Nullable ProfileSessions sessions;

    /// For JavaFX.
    public ChatApp() {}

    @Override
    public void start(Stage stage) {
        ClientOptions options =
                CommandLine.populateCommand(
                        new ClientOptions(), getParameters().getRaw().toArray(String[]::new));
        SettingsFile file = SettingsFile.ofPlatform();
        ProfileSessions opener = new ProfileSessions(options.profile(), options.plaintext());
        sessions = opener;
        Services services =
                new Services(
                        opener,
                        new UiExecutor(),
                        background,
                        Clock.system(ZoneId.systemDefault()),
                        settings -> background.execute(() -> save(file, settings)));
        scenes = new Scenes(stage, services, options.over(file.load(defaults())));
        scenes.showLogin();
        setIcon(stage);
        stage.show();
    }

    @Override
    public void stop() throws InterruptedException {
        if (scenes != null) {
            scenes.close();
        }
        if (sessions != null && !sessions.awaitRelease(RELEASE_MAX)) {
            LOG.log(Level.WARNING, "the session did not end in time");
        }
        background.shutdown();
        if (!background.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.log(Level.WARNING, "settings were not written in time");
        }
    }

    private static Settings defaults() {
        Theme theme =
                Platform.getPreferences().getColorScheme() == ColorScheme.DARK
                        ? Theme.DARK
                        : Theme.LIGHT;
        Language language = Language.ofTag(Locale.getDefault().toLanguageTag());
        return new Settings("", "", String.valueOf(ServerAddress.DEFAULT_PORT), language, theme);
    }

    private static void save(SettingsFile file, Settings settings) {
        try {
            file.save(settings);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "settings were not written: {0}", e.toString());
        }
    }

    private static void setIcon(Stage stage) {
        Scene canvas = new Scene(Look.logo(true), ICON_SIZE, ICON_SIZE, Color.TRANSPARENT);
        canvas.getStylesheets().add(Look.stylesheet());
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        stage.getIcons().add(canvas.getRoot().snapshot(parameters, null));
    }
}
