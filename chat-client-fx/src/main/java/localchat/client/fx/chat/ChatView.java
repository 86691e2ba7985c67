package localchat.client.fx.chat;

import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;
import localchat.client.fx.look.Screen;
import localchat.client.fx.settings.Appearance;
import localchat.core.model.Emoji;
import localchat.core.model.RoomKind;

/// The chat scene.
public final class ChatView implements Screen {
    private static final PseudoClass CROWDED = PseudoClass.getPseudoClass("crowded");

    /// Below this width, in pixels, the people give way to the messages until they are asked for.
    private static final double PEOPLE_FROM_WIDTH = 860;

    private final ChatViewModel model;
    private final Texts texts;
    private final RoomListView rooms;
    private final PeopleView people;
    private final ComposerView composer;
    private final ProfileBar profile;
    private final Banner banner;
    private final MessagesView messages;
    private final RoomHeader header;
    private final RoomSheets sheets;
    private final Sheet sheet;

    private final Label serverName = new Label();
    private final Label safety = new Label();
    private final Label typing = new Label();
    private final HBox chat = new HBox();
    private final StackPane root = new StackPane();
    private boolean narrow;

    /// Where the focus was when the last key went down.
    private Optional<Node> keyOwner = Optional.empty();

    /// Whether the people are wanted where there is room for them.
    private boolean peopleWhenWide = true;

    private Subscription subscription = Subscription.EMPTY;
    private Subscription roomSubscription = Subscription.EMPTY;

    /// The scene in these words.
    ///
    /// @param onSignOut called when the person wants to go
    public ChatView(ChatViewModel model, Texts texts, Appearance appearance, Runnable onSignOut) {
        this.model = model;
        this.texts = texts;
        composer = new ComposerView(model, texts);
        sheet = new Sheet(texts, chat);
        sheets = new RoomSheets(model, texts, sheet, this::write);
        rooms = new RoomListView(model, texts, this::write, sheets::newPrivate);
        PersonSheets personSheets = new PersonSheets(model, texts, sheet, this::write);
        people = new PeopleView(model, texts, personSheets, this::write);
        AccountSheet account = new AccountSheet(model, texts, sheet, this::write);
        profile =
                new ProfileBar(
                        model.selfProperty().get().name().value(),
                        texts,
                        appearance,
                        new ProfileBar.Ways(account::openName, account::openDevices, onSignOut));
        banner = new Banner(texts, onSignOut, model);
        messages = new MessagesView(model, texts, new RowActions());
        header = new RoomHeader(model, texts, sheets);
        build();
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public void attach() {
        rooms.attach();
        people.attach();
        composer.attach();
        messages.attach();
        subscription =
                Subscription.combine(
                        model.rooms().currentProperty().subscribe(this::roomChanged),
                        model.linkProperty().subscribe(this::linkChanged),
                        model.serverKeyProperty().subscribe(this::serverKeyChanged),
                        model.serverNameProperty().subscribe(serverName::setText),
                        model.selfProperty()
                                .subscribe(self -> profile.setName(self.name().value())),
                        model.notices().noticeProperty().subscribe(banner::setNotice),
                        model.notices().clockProperty().subscribe(banner::setClock),
                        header.people().selectedProperty().subscribe(selected -> showPeople()),
                        chat.widthProperty().subscribe(width -> fit(width.doubleValue())),
                        windowFocus()
                                .subscribe(focused ->
                                        model.reading().setFocused(Boolean.TRUE.equals(focused))));
        write();
    }

    @Override
    public void detach() {
        subscription.unsubscribe();
        roomSubscription.unsubscribe();
        composer.detach();
        people.detach();
        rooms.detach();
        messages.detach();
    }

    private void build() {
        VBox side = new VBox(serverTitle(), rooms.root(), profile.root());
        side.getStyleClass().add("side");
        typing.setId("typing");
        typing.getStyleClass().add("typing");
        typing.setMaxWidth(Double.MAX_VALUE);
        VBox centre =
                new VBox(header.root(), banner.root(), messages.root(), typing, composer.root());
        centre.getStyleClass().add("centre");
        centre.setMinWidth(0);
        VBox.setVgrow(messages.root(), Priority.ALWAYS);
        HBox.setHgrow(centre, Priority.ALWAYS);
        chat.setId("chat");
        chat.getStyleClass().add("chat");
        chat.getChildren().addAll(side, centre, people.root());
        root.getChildren().addAll(chat, sheet.root());
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        root.addEventFilter(KeyEvent.KEY_TYPED, this::keyTyped);
    }

    private Node serverTitle() {
        serverName.getStyleClass().add("server-name");
        Label address = new Label(model.server());
        address.getStyleClass().add("server-address");
        safety.setId("safety");
        safety.getStyleClass().add("server-address");
        VBox words = new VBox(serverName, address, safety);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox title = new HBox(10, Look.logo(false), words);
        title.setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("server");
        return title;
    }

    private ObservableValue<Boolean> windowFocus() {
        return root.sceneProperty()
                .flatMap(scene -> scene.windowProperty())
                .flatMap(Window::focusedProperty);
    }

    private void roomChanged(Optional<RoomModel> room) {
        roomSubscription.unsubscribe();
        sheet.close();
        if (room.isEmpty()) {
            header.showNothing();
            messages.showNothing();
            typing.setText("");
            roomSubscription = Subscription.EMPTY;
            return;
        }
        RoomModel shown = room.get();
        messages.show(shown);
        roomSubscription =
                Subscription.combine(
                        header.show(shown),
                        shown.nameProperty().subscribe(name -> composer.setRoom(shownName(shown))),
                        shown.typingProperty().subscribe(this::showTyping));
    }

    private static String shownName(RoomModel room) {
        String name = room.nameProperty().get();
        return room.kind() == RoomKind.PUBLIC ? "#" + name : name;
    }

    private void write() {
        composer.focusTarget().requestFocus();
    }

    private void showTyping(List<String> names) {
        typing.setText(
                switch (names.size()) {
                    case 0 -> "";
                    case 1 -> texts.get("typing.one", names.getFirst());
                    case 2 -> texts.get("typing.two", names.getFirst(), names.getLast());
                    default -> texts.get("typing.many", names.size());
                });
    }

    private void linkChanged(Link link) {
        banner.setLink(link);
        profile.setLink(link);
    }

    private void serverKeyChanged(ServerKey key) {
        banner.setServerKey(key);
        switch (key) {
            case ServerKey.Unknown _ ->
                    showSafety(texts.get("link.open"), texts.get("link.open.help"));
            case ServerKey.Known(List<String> words, boolean verified) when verified ->
                    showSafety(
                            texts.get("link.verified"),
                            texts.get("link.verified.help", String.join(" ", words)));
            case ServerKey.Known(List<String> words, boolean _) ->
                    showSafety(
                            texts.get("link.unverified"),
                            texts.get("link.unverified.help", String.join(" ", words)));
        }
    }

    private void showSafety(String words, String help) {
        safety.setText(words);
        safety.setTooltip(new Tooltip(help));
    }

    private void fit(double width) {
        boolean narrowNow = width > 0 && width < PEOPLE_FROM_WIDTH;
        if (narrowNow != narrow) {
            if (narrowNow) {
                peopleWhenWide = header.people().isSelected();
            }
            narrow = narrowNow;
            header.people().setSelected(!narrow && peopleWhenWide);
        }
    }

    private void showPeople() {
        boolean visible = header.people().isSelected();
        people.root().setVisible(visible);
        people.root().setManaged(visible);
        chat.pseudoClassStateChanged(CROWDED, visible && narrow);
    }

    /// What a key writes belongs to the node that had the focus when the key went down: a key that
    /// leads elsewhere must not write itself there.
    private void keyTyped(KeyEvent event) {
        if (keyOwner.isPresent() && !keyOwner.equals(focusOwner())) {
            event.consume();
        }
    }

    private Optional<Node> focusOwner() {
        return Optional.ofNullable(root.getScene()).map(Scene::getFocusOwner);
    }

    private void keyPressed(KeyEvent event) {
        keyOwner = focusOwner();
        if (sheet.isOpen()) {
            return;
        }
        boolean handled = true;
        if (event.isAltDown() && event.getCode() == KeyCode.UP) {
            model.showNeighbour(-1);
        } else if (event.isAltDown() && event.getCode() == KeyCode.DOWN) {
            model.showNeighbour(1);
        } else if (event.getCode() == KeyCode.F6) {
            focusNextRegion(event.isShiftDown() ? -1 : 1);
        } else if (event.getCode() == KeyCode.PAGE_UP && composer.focusTarget().isFocused()) {
            messages.scrollScreens(-0.9);
        } else if (event.getCode() == KeyCode.PAGE_DOWN && composer.focusTarget().isFocused()) {
            messages.scrollScreens(0.9);
        } else if (event.getCode() == KeyCode.END && event.isShortcutDown()) {
            model.reading().jumpToLatest();
        } else {
            handled = false;
        }
        if (handled) {
            event.consume();
        }
    }

    /// F6 leads round rooms, messages, composer and people.
    private void focusNextRegion(int steps) {
        List<Node> regions =
                List.of(
                        rooms.focusTarget(),
                        messages.focusTarget(),
                        composer.focusTarget(),
                        people.focusTarget());
        int at = 0;
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i).isFocused()) {
                at = i;
            }
        }
        regions.get(Math.floorMod(at + steps, regions.size())).requestFocus();
    }

    /// What is done with messages; afterwards the person writes on.
    private final class RowActions implements MessageActions {
        @Override
        public void retry(MessageRow row) {
            model.messages().retry(row);
            write();
        }

        @Override
        public void discard(MessageRow row) {
            model.messages().discard(row);
            write();
        }

        @Override
        public void reply(MessageRow row) {
            model.messages().reply(row);
            write();
        }

        @Override
        public void edit(MessageRow row) {
            model.messages().edit(row);
            write();
        }

        @Override
        public void askToDelete(MessageRow row) {
            if (row.isOwnOpen()) {
                sheets.delete(row);
            }
        }

        @Override
        public void react(MessageRow row, Emoji emoji) {
            model.messages().react(row, emoji);
        }

        @Override
        public void jumpTo(long seq) {
            model.reading().jumpToMessage(seq);
        }

        @Override
        public String nameOf(long userId) {
            return model.rooms()
                    .currentProperty()
                    .get()
                    .flatMap(room -> room.nameOf(userId))
                    .orElse("");
        }
    }
}
