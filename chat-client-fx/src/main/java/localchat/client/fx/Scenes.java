package localchat.client.fx;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.util.Subscription;
import localchat.client.fx.chat.ChatView;
import localchat.client.fx.chat.ChatViewModel;
import localchat.client.fx.chat.Self;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.login.Arrival;
import localchat.client.fx.login.LoginView;
import localchat.client.fx.login.LoginViewModel;
import localchat.client.fx.look.Look;
import localchat.client.fx.look.Screen;
import localchat.client.fx.settings.Appearance;
import localchat.client.fx.settings.Settings;
import org.jspecify.annotations.Nullable;

/// Shows one scene after the other in the window: the login, then the chat, and back. Belongs to
/// the JavaFX thread.
final class Scenes {
    /// How often at most the server hears what was read and the disk what is being written.
    private static final long PACE_MILLIS = 1_000;

    private static final double WIDTH = 1120;
    private static final double HEIGHT = 740;
    private static final double WIDTH_MIN = 560;
    private static final double HEIGHT_MIN = 440;

    private final Stage stage;
    private final Services services;
    private final Appearance appearance;
    private final Scene scene;
    private Settings settings;
    private Texts texts;
    private @Nullable Screen screen;
    private Supplier<Screen> current;
    private @Nullable ChatViewModel chat;
    private Subscription chatSubscription = Subscription.EMPTY;

    /// The chat before this login, when its session ended by itself.
    private @Nullable ChatViewModel ended;

    Scenes(Stage stage, Services services, Settings settings) {
        this.stage = stage;
        this.services = services;
        this.settings = settings;
        appearance = new Appearance(settings.language(), settings.theme());
        texts = Texts.of(settings.language());
        current = this::newLogin;
        scene = new Scene(new StackPane(), WIDTH, HEIGHT);
        scene.getStylesheets().add(Look.stylesheet());
        appearance.themeProperty().subscribe(Look::apply);
        appearance.themeProperty().addListener((observable, before, now) -> appearanceChanged());
        appearance.languageProperty().addListener((observable, before, now) -> appearanceChanged());
        appearance.languageProperty().addListener((observable, before, now) -> languageChanged());
        stage.setMinWidth(WIDTH_MIN);
        stage.setMinHeight(HEIGHT_MIN);
        stage.setScene(scene);
        showTitle(0);
    }

    /// The window's scene, whatever it shows now.
    Scene scene() {
        return scene;
    }

    /// Shows the login.
    void showLogin() {
        closeChat();
        show(this::newLogin);
    }

    /// Ends what runs. The window closes.
    void close() {
        closeChat();
        if (screen != null) {
            screen.detach();
            screen = null;
        }
    }

    private void showChat(Arrival arrival) {
        Executor later =
                CompletableFuture.delayedExecutor(
                        PACE_MILLIS, TimeUnit.MILLISECONDS, services.ui());
        ChatViewModel model =
                new ChatViewModel(
                        arrival.session(),
                        arrival.person(),
                        arrival.server().toString(),
                        new ChatViewModel.Surroundings(services.clock(), services.ui(), later));
        if (ended != null) {
            model.goOnAfter(ended);
            ended = null;
        }
        arrival.relay().listen(model);
        chat = model;
        chatSubscription =
                Subscription.combine(
                        model.rooms()
                                .unreadProperty()
                                .subscribe(count -> showTitle(count.intValue())),
                        model.selfProperty().subscribe(self -> remember(self, arrival)));
        show(() -> new ChatView(model, texts, appearance, this::showLogin));
    }

    /// A login that the server took is what the next one begins with.
    private void remember(Self self, Arrival arrival) {
        if (self.userId() > 0) {
            settings =
                    settings.withLogin(
                            self.name().value(),
                            arrival.server().host(),
                            String.valueOf(arrival.server().port()));
            services.remember().accept(settings);
        }
    }

    private Screen newLogin() {
        LoginViewModel model =
                new LoginViewModel(
                        services.sessions(),
                        services.ui(),
                        services.background(),
                        this::showChat,
                        settings);
        return loginScreen(model);
    }

    /// The login as it is, also after the language changed.
    private Screen loginScreen(LoginViewModel model) {
        current = () -> loginScreen(model);
        return new LoginView(model, texts, appearance);
    }

    private void show(Supplier<Screen> maker) {
        if (screen != null) {
            screen.detach();
        }
        current = maker;
        Screen next = maker.get();
        screen = next;
        Parent root = next.root();
        scene.setRoot(root);
        next.attach();
    }

    private void closeChat() {
        chatSubscription.unsubscribe();
        chatSubscription = Subscription.EMPTY;
        showTitle(0);
        if (chat != null) {
            ended = chat.isOver() ? chat : null;
            chat.close();
            chat = null;
        }
    }

    private void languageChanged() {
        texts = Texts.of(appearance.languageProperty().get());
        if (screen != null) {
            show(current);
        }
    }

    private void appearanceChanged() {
        settings =
                settings.withLook(
                        appearance.languageProperty().get(), appearance.themeProperty().get());
        services.remember().accept(settings);
    }

    /// Only the program's name and a number: text of people has no place in a title.
    private void showTitle(int unreadMessages) {
        stage.setTitle(unreadMessages == 0 ? "Local Chat" : "(" + unreadMessages + ") Local Chat");
    }
}
