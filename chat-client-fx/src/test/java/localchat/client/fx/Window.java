package localchat.client.fx;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.login.SessionOpener;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import org.jspecify.annotations.Nullable;

/// The real window in a test, driven by real keys and clicks. On the JavaFX thread only.
public final class Window implements AutoCloseable {
    /// What the window begins with where a test says nothing else.
    public static final Settings FRESH =
            new Settings("", "", "7667", Language.ENGLISH, Theme.LIGHT);

    private final Stage stage = new Stage();
    private final Robot robot = new Robot();
    private final Scenes scenes;

    /// Everything the window wanted remembered.
    public final List<Settings> remembered = new ArrayList<>();

    public Window(SessionOpener sessions, Settings settings) {
        this(sessions, settings, Clock.system(ZoneId.systemDefault()));
    }

    public Window(SessionOpener sessions, Settings settings, Clock clock) {
        Services services =
                new Services(
                        sessions,
                        new UiExecutor(),
                        task -> Thread.ofVirtual().start(task),
                        clock,
                        remembered::add);
        scenes = new Scenes(stage, services, settings);
        scenes.showLogin();
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(980);
        stage.setHeight(700);
        stage.show();
        stage.requestFocus();
        FxExtension.await("the window has the focus", stage::isFocused);
        FxExtension.pulses(2);
    }

    public Scene scene() {
        return scenes.scene();
    }

    public Stage stage() {
        return stage;
    }

    /// The node with this id, or null.
    public @Nullable Node find(String id) {
        return scene().getRoot().lookup("#" + id);
    }

    /// Waits for the node with this id and that it can be seen.
    public Node node(String id) {
        FxExtension.await("node " + id, () -> isShown(id));
        Node node = find(id);
        if (node == null) {
            throw new AssertionError(id);
        }
        return node;
    }

    public boolean isShown(String id) {
        Node node = find(id);
        return node != null && isShown(node);
    }

    private static boolean isShown(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /// The text of a label or field.
    public String text(String id) {
        return switch (find(id)) {
            case Label label -> label.getText();
            case TextInputControl input -> input.getText();
            case null, default -> "";
        };
    }

    /// The message list as text, oldest first, as far as it is made.
    public List<String> messages() {
        List<String> texts = new ArrayList<>();
        scene().getRoot()
                .lookupAll(".message-text")
                .forEach(node -> {
                    if (isShown(node)) {
                        texts.add(((javafx.scene.text.Text) node).getText());
                    }
                });
        return texts;
    }

    public void click(String id) {
        click(node(id));
    }

    /// Clicks the row of a list.
    public void clickCell(String listId, int index) {
        FxExtension.pulses(2);
        node(listId).lookupAll(".list-cell").stream()
                .filter(cell ->
                        cell instanceof IndexedCell<?> row
                                && row.getIndex() == index
                                && !row.isEmpty())
                .findFirst()
                .ifPresentOrElse(
                        this::click,
                        () -> {
                            throw new AssertionError("no row " + index + " in " + listId);
                        });
    }

    /// Whether a node with this style class can be seen.
    public boolean isStyleShown(String selector) {
        return scene().getRoot().lookupAll(selector).stream().anyMatch(Window::isShown);
    }

    /// Clicks the first node with this style class that can be seen.
    public void clickStyle(String selector) {
        scene().getRoot().lookupAll(selector).stream()
                .filter(Window::isShown)
                .findFirst()
                .ifPresentOrElse(
                        this::click,
                        () -> {
                            throw new AssertionError("no " + selector);
                        });
    }

    /// Ids of what a menu offers.
    public List<String> choices(String menuId) {
        return ((MenuButton) node(menuId))
                .getItems().stream()
                        .filter(item -> item.isVisible() && item.getId() != null)
                        .map(MenuItem::getId)
                        .toList();
    }

    /// Chooses an item of a menu.
    public void choose(String menuId, String itemId) {
        MenuButton menu = (MenuButton) node(menuId);
        menu.getItems().stream()
                .filter(item -> itemId.equals(item.getId()) && item.isVisible())
                .findFirst()
                .ifPresentOrElse(
                        MenuItem::fire,
                        () -> {
                            throw new AssertionError("no " + itemId);
                        });
        FxExtension.pulses(3);
    }

    /// Chooses to sign out in the menu of the chat.
    public void signOut() {
        ((MenuButton) node("menu"))
                .getItems().stream()
                        .filter(item -> "sign-out".equals(item.getId()))
                        .forEach(MenuItem::fire);
        FxExtension.pulses(3);
    }

    /// Chooses a language in the menu of the chat.
    public void chooseLanguage(Language language) {
        MenuButton menu = (MenuButton) node("menu");
        menu.getItems().stream()
                .filter(item -> item instanceof Menu)
                .flatMap(item -> ((Menu) item).getItems().stream())
                .filter(item -> ("language-" + language.tag()).equals(item.getId()))
                .forEach(MenuItem::fire);
        FxExtension.pulses(3);
    }

    private void click(Node target) {
        FxExtension.pulses(2);
        Bounds bounds = target.localToScreen(target.getLayoutBounds());
        robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
        robot.mousePress(MouseButton.PRIMARY);
        robot.mouseRelease(MouseButton.PRIMARY);
        FxExtension.pulses(2);
    }

    /// The first node with this style class that can be seen.
    public Node shownNode(String selector) {
        return scene().getRoot().lookupAll(selector).stream()
                .filter(Window::isShown)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + selector));
    }

    /// The text of a message.
    public Node textNode(String text) {
        return scene().getRoot().lookupAll(".message-text").stream()
                .filter(node -> ((javafx.scene.text.Text) node).getText().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + text));
    }

    /// Puts the mouse over the first node with this style class that can be seen.
    public void hoverStyle(String selector) {
        hover(shownNode(selector));
    }

    /// Puts the mouse over a message.
    public void hoverText(String text) {
        FxExtension.await(text, () -> messages().contains(text));
        FxExtension.pulses(3);
        hover(textNode(text));
    }

    private void hover(Node target) {
        Bounds bounds = target.localToScreen(target.getLayoutBounds());
        robot.mouseMove(bounds.getCenterX() + 1, bounds.getCenterY());
        robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
        FxExtension.pulses(3);
    }

    /// The menu that is open.
    public ContextMenu openMenu() {
        return javafx.stage.Window.getWindows().stream()
                .filter(each -> each instanceof ContextMenu)
                .map(each -> (ContextMenu) each)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no menu is open"));
    }

    public boolean isMenuOpen() {
        return javafx.stage.Window.getWindows().stream()
                .anyMatch(each -> each instanceof ContextMenu);
    }

    /// Clicks a node.
    public void clickNode(Node target) {
        click(target);
    }

    /// Replaces what the field that has the focus holds.
    public void fillFocused(String text) {
        press(KeyCode.CONTROL, KeyCode.A);
        press(KeyCode.DELETE);
        type(text);
    }

    /// Puts the mouse where it hovers over nothing.
    public void pointAway() {
        robot.mouseMove(999, 999);
        FxExtension.pulses(2);
    }

    public void press(KeyCode... keys) {
        for (KeyCode key : keys) {
            robot.keyPress(key);
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            robot.keyRelease(keys[i]);
        }
        FxExtension.pulses(2);
    }

    /// Types letters, digits and blanks by keys of the keyboard.
    public void type(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            KeyCode code = code(c);
            if (Character.isUpperCase(c)) {
                robot.keyPress(KeyCode.SHIFT);
                robot.keyType(code);
                robot.keyRelease(KeyCode.SHIFT);
            } else {
                robot.keyType(code);
            }
        }
        FxExtension.pulses(2);
    }

    /// Replaces what a field holds.
    public void fill(String id, String text) {
        node(id).requestFocus();
        FxExtension.pulses(1);
        press(KeyCode.CONTROL, KeyCode.A);
        press(KeyCode.DELETE);
        type(text);
    }

    @Override
    public void close() {
        scenes.close();
        stage.close();
    }

    private static KeyCode code(char c) {
        return switch (c) {
            case ' ' -> KeyCode.SPACE;
            case '.' -> KeyCode.PERIOD;
            case '-' -> KeyCode.MINUS;
            case '/' -> KeyCode.SLASH;
            default ->
                    KeyCode.valueOf(
                            (Character.isDigit(c) ? "DIGIT" : "") + Character.toUpperCase(c));
        };
    }
}
