package localchat.client.fx.chat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
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
import localchat.client.fx.i18n.TimeWords;
import localchat.client.fx.look.Look;
import localchat.client.fx.look.Screen;
import localchat.client.fx.settings.Appearance;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

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
    private final FlowMessageList messages;

    private final Label roomName = new Label();
    private final Label roomTopic = new Label();
    private final ToggleButton peopleToggle =
            new ToggleButton("", new FontIcon(Material2OutlinedMZ.PEOPLE));
    private final Button leave;
    private final Button toEnd;
    private final Label typing = new Label();
    private final Label empty = new Label();
    private final HBox root = new HBox();
    private boolean narrow;

    /// Whether the people are wanted where there is room for them.
    private boolean peopleWhenWide = true;

    private Subscription subscription = Subscription.EMPTY;
    private Subscription roomSubscription = Subscription.EMPTY;

    /// The scene in these words.
    ///
    /// @param onSignOut called when the person wants to go
    public ChatView(
            ChatViewModel model,
            Texts texts,
            Appearance appearance,
            Clock clock,
            Runnable onSignOut) {
        this.model = model;
        this.texts = texts;
        composer = new ComposerView(model, texts);
        rooms = new RoomListView(model, texts, () -> composer.focusTarget().requestFocus());
        people = new PeopleView(model, texts);
        profile =
                new ProfileBar(
                        model.surroundings().self().name().value(), texts, appearance, onSignOut);
        banner = new Banner(texts, onSignOut, model::dismissNotice);
        TimeWords times = new TimeWords(texts, clock);
        messages =
                new FlowMessageList(
                        () -> new MessageCell(texts, times, new RowActions()), model::loadOlder);
        leave =
                Look.iconButton(
                        "leave-room", Material2OutlinedAL.EXIT_TO_APP, texts.get("room.leave"));
        toEnd =
                Look.iconButton(
                        "jump-to-latest", Material2AL.ARROW_DOWNWARD, texts.get("messages.toEnd"));
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
        subscription =
                Subscription.combine(
                        model.rooms().currentProperty().subscribe(this::roomChanged),
                        model.linkProperty().subscribe(this::linkChanged),
                        model.noticeProperty().subscribe(banner::setNotice),
                        messages.pinnedProperty().subscribe(pinned -> toEnd.setVisible(!pinned)),
                        peopleToggle.selectedProperty().subscribe(selected -> showPeople()),
                        root.widthProperty().subscribe(width -> fit(width.doubleValue())),
                        windowFocus()
                                .subscribe(
                                        focused -> model.setFocused(Boolean.TRUE.equals(focused))));
        composer.focusTarget().requestFocus();
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
        toEnd.getStyleClass().addAll("to-end", "circle");
        toEnd.setOnAction(event -> messages.scrollToEnd());
        empty.setId("no-room");
        empty.setText(texts.get("messages.noRoom"));
        empty.getStyleClass().add("no-room");
        empty.setWrapText(true);
        StackPane middle = new StackPane(messages.root(), empty, toEnd);
        StackPane.setAlignment(toEnd, Pos.BOTTOM_RIGHT);
        typing.setId("typing");
        typing.getStyleClass().add("typing");
        typing.setMaxWidth(Double.MAX_VALUE);
        VBox centre = new VBox(roomHeader(), banner.root(), middle, typing, composer.root());
        centre.getStyleClass().add("centre");
        centre.setMinWidth(0);
        VBox.setVgrow(middle, Priority.ALWAYS);
        HBox.setHgrow(centre, Priority.ALWAYS);
        root.setId("chat");
        root.getStyleClass().add("chat");
        root.getChildren().addAll(side, centre, people.root());
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    }

    private Node serverTitle() {
        Label name = new Label(model.surroundings().serverName());
        name.getStyleClass().add("server-name");
        Label address = new Label(model.surroundings().server());
        address.getStyleClass().add("server-address");
        Label open = new Label(texts.get("link.open"));
        open.setId("not-encrypted");
        open.getStyleClass().add("server-address");
        open.setTooltip(new Tooltip(texts.get("link.open.help")));
        VBox words = new VBox(name, address, open);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox title = new HBox(10, Look.logo(false), words);
        title.setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("server");
        return title;
    }

    private Node roomHeader() {
        roomName.setId("room-name");
        roomName.getStyleClass().add("room-name");
        roomName.setMinWidth(0);
        roomTopic.getStyleClass().add("room-topic");
        // The topic gets what the name leaves.
        roomTopic.setPrefWidth(0);
        roomTopic.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(roomTopic, Priority.ALWAYS);
        peopleToggle.setId("people-toggle");
        peopleToggle.setSelected(true);
        peopleToggle.getStyleClass().addAll("button-icon", "flat");
        Look.explain(peopleToggle, texts.get("people.toggle"));
        leave.setOnAction(
                event -> model.rooms().currentProperty().get().ifPresent(this::askToLeave));
        HBox header = new HBox(12, roomName, roomTopic, peopleToggle, leave);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("room-header");
        return header;
    }

    private ObservableValue<Boolean> windowFocus() {
        return root.sceneProperty()
                .flatMap(scene -> scene.windowProperty())
                .flatMap(Window::focusedProperty);
    }

    private void roomChanged(Optional<RoomModel> room) {
        roomSubscription.unsubscribe();
        banner.withdrawQuestion();
        boolean any = room.isPresent();
        empty.setVisible(!any);
        messages.root().setVisible(any);
        leave.setVisible(any);
        if (room.isEmpty()) {
            roomName.setText("");
            roomTopic.setText("");
            typing.setText("");
            roomSubscription = Subscription.EMPTY;
            return;
        }
        RoomModel shown = room.get();
        messages.show(shown.timeline().rows());
        roomSubscription =
                Subscription.combine(
                        shown.nameProperty().subscribe(this::showName),
                        shown.topicProperty().subscribe(roomTopic::setText),
                        shown.typingProperty().subscribe(this::showTyping));
    }

    private void askToLeave(RoomModel room) {
        banner.askToLeave(
                room.nameProperty().get(),
                () -> {
                    model.leave(room);
                    composer.focusTarget().requestFocus();
                },
                leave::requestFocus);
    }

    private void showName(String name) {
        roomName.setText("# " + name);
        composer.setRoom(name);
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

    private void fit(double width) {
        boolean narrowNow = width > 0 && width < PEOPLE_FROM_WIDTH;
        if (narrowNow != narrow) {
            if (narrowNow) {
                peopleWhenWide = peopleToggle.isSelected();
            }
            narrow = narrowNow;
            peopleToggle.setSelected(!narrow && peopleWhenWide);
        }
    }

    private void showPeople() {
        boolean visible = peopleToggle.isSelected();
        people.root().setVisible(visible);
        people.root().setManaged(visible);
        root.pseudoClassStateChanged(CROWDED, visible && narrow);
    }

    private void keyPressed(KeyEvent event) {
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
                        messages.root(),
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

    /// What the buttons of a failed message do.
    private final class RowActions implements MessageCell.Actions {
        @Override
        public void retry(MessageRow row) {
            model.retry(row);
            composer.focusTarget().requestFocus();
        }

        @Override
        public void discard(MessageRow row) {
            model.discard(row);
            composer.focusTarget().requestFocus();
        }
    }
}
