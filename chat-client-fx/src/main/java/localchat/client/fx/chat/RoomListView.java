package localchat.client.fx.chat;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;
import localchat.core.model.RoomInfo;
import org.kordamp.ikonli.material2.Material2AL;

/// The rooms at the side: those the person is in, a field for a new one, and those that can be
/// joined.
final class RoomListView {
    private static final double CELL_HEIGHT = 34;

    private final ChatViewModel model;
    private final Texts texts;
    private final Runnable onChosen;
    private final VBox root = new VBox();
    private final ListView<RoomModel> joined = new ListView<>();
    private final ListView<RoomInfo> joinable = new ListView<>();
    private final Label joinableTitle = new Label();
    private final TextField newName = new TextField();
    private final Label newFault = Look.foldingLabel("new-room-fault", "field-fault");
    private final VBox newRoom = new VBox(4, newName, newFault);
    private Subscription subscription = Subscription.EMPTY;

    /// @param onChosen called when a room was chosen by mouse or made: the person wants to write
    ///   there
    RoomListView(ChatViewModel model, Texts texts, Runnable onChosen) {
        this.model = model;
        this.texts = texts;
        this.onChosen = onChosen;
        buildJoined();
        buildJoinable();
        buildNewRoom();
        root.getStyleClass().add("rooms");
        root.getChildren().addAll(title(), newRoom, joined, joinableTitle, joinable);
        VBox.setVgrow(joinable, Priority.ALWAYS);
        VBox.setVgrow(root, Priority.ALWAYS);
    }

    Node root() {
        return root;
    }

    /// Where the focus goes when the rooms are wanted.
    Node focusTarget() {
        return joined;
    }

    void attach() {
        RoomDirectory rooms = model.rooms();
        joined.setItems(rooms.joined());
        joinable.setItems(rooms.joinable());
        subscription =
                Subscription.combine(
                        rooms.currentProperty().subscribe(this::select),
                        joined.getSelectionModel().selectedItemProperty().subscribe(this::selected),
                        fitting(joined, rooms.joined()),
                        fitting(joinable, rooms.joinable()));
    }

    void detach() {
        subscription.unsubscribe();
        subscription = Subscription.EMPTY;
        joined.setItems(null);
        joinable.setItems(null);
    }

    private Node title() {
        Label title = new Label(texts.get("rooms.title"));
        title.getStyleClass().add("side-title");
        title.setLabelFor(joined);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Button add = Look.iconButton("new-room", Material2AL.ADD, texts.get("rooms.new"));
        add.getStyleClass().add("small");
        add.setOnAction(event -> openNewRoom());
        HBox line = new HBox(title, add);
        line.getStyleClass().add("side-header");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void buildJoined() {
        joined.setId("rooms");
        joined.setAccessibleText(texts.get("rooms.title"));
        joined.getStyleClass().add("side-list");
        joined.setFixedCellSize(CELL_HEIGHT);
        joined.setMinHeight(CELL_HEIGHT);
        joined.setCellFactory(list -> new RoomCell(texts));
        joined.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> onChosen.run());
        joined.addEventHandler(KeyEvent.KEY_PRESSED, event -> onEnter(event, onChosen));
    }

    private void buildJoinable() {
        joinableTitle.setText(texts.get("rooms.joinable"));
        joinableTitle.getStyleClass().addAll("side-title", "side-header");
        joinableTitle.setLabelFor(joinable);
        joinable.setId("joinable-rooms");
        joinable.setAccessibleText(texts.get("rooms.joinable"));
        joinable.getStyleClass().add("side-list");
        joinable.setFixedCellSize(CELL_HEIGHT);
        joinable.setMinHeight(0);
        joinable.setCellFactory(list -> new JoinableRoomCell(texts));
        joinable.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> joinSelected());
        joinable.addEventHandler(KeyEvent.KEY_PRESSED, event -> onEnter(event, this::joinSelected));
    }

    private void buildNewRoom() {
        newName.setId("new-room-name");
        newName.setPromptText(texts.get("rooms.new.prompt"));
        newName.setAccessibleText(texts.get("rooms.new.prompt"));
        newName.setOnAction(event -> makeRoom());
        newName.addEventHandler(KeyEvent.KEY_PRESSED, this::newRoomKey);
        newRoom.getStyleClass().add("new-room");
        showNewRoom(false);
    }

    private void showNewRoom(boolean visible) {
        newRoom.setVisible(visible);
        newRoom.setManaged(visible);
        newName.clear();
        newFault.setText("");
    }

    private void openNewRoom() {
        showNewRoom(true);
        newName.requestFocus();
    }

    private void newRoomKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            showNewRoom(false);
            onChosen.run();
            event.consume();
        }
    }

    private void makeRoom() {
        Optional<Phrase> fault = model.join(newName.getText());
        if (fault.isPresent()) {
            newFault.setText(texts.get(fault.get()));
        } else {
            showNewRoom(false);
            onChosen.run();
        }
    }

    private void joinSelected() {
        RoomInfo room = joinable.getSelectionModel().getSelectedItem();
        if (room != null) {
            joinable.getSelectionModel().clearSelection();
            model.join(room.name().value());
            onChosen.run();
        }
    }

    private void select(Optional<RoomModel> current) {
        current.ifPresentOrElse(
                room -> joined.getSelectionModel().select(room),
                () -> joined.getSelectionModel().clearSelection());
    }

    private void selected(@org.jspecify.annotations.Nullable RoomModel room) {
        if (room != null) {
            model.show(room);
        }
    }

    /// Keeps a list as high as its rows are, and the title of an empty one out of sight.
    private <T> Subscription fitting(ListView<T> list, ObservableList<T> items) {
        ListChangeListener<T> listener = change -> fit(list, items);
        items.addListener(listener);
        fit(list, items);
        return () -> items.removeListener(listener);
    }

    private void fit(ListView<?> list, ObservableList<?> items) {
        list.setPrefHeight(items.size() * CELL_HEIGHT + 2);
        boolean any = !joinable.getItems().isEmpty();
        joinableTitle.setVisible(any);
        joinableTitle.setManaged(any);
        joinable.setVisible(any);
    }

    private static void onEnter(KeyEvent event, Runnable action) {
        if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
            action.run();
            event.consume();
        }
    }
}
