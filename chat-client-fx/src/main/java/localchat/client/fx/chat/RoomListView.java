package localchat.client.fx.chat;

import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import org.kordamp.ikonli.material2.Material2AL;

/// The rooms at the side: public ones, a field for a new one, private ones, direct messages, and
/// public ones that can be joined.
final class RoomListView {
    private final ChatViewModel model;
    private final Texts texts;
    private final Runnable onChosen;
    private final VBox root = new VBox();
    private final RoomSection publicRooms;
    private final RoomSection privateRooms;
    private final RoomSection directRooms;
    private final ListView<RoomInfo> joinable = new ListView<>();
    private final Label joinableTitle = new Label();
    private final TextField newName = new TextField();
    private final Label newFault = Look.foldingLabel("new-room-fault", "field-fault");
    private final VBox newRoom = new VBox(4, newName, newFault);
    private Subscription subscription = Subscription.EMPTY;

    /// @param onChosen called when a room was chosen by mouse or made: the person wants to write
    ///   there
    /// @param onNewPrivate called when a private room is to be made
    RoomListView(ChatViewModel model, Texts texts, Runnable onChosen, Runnable onNewPrivate) {
        this.model = model;
        this.texts = texts;
        this.onChosen = onChosen;
        Button add = addButton("new-room", texts.get("rooms.new"), this::openNewRoom);
        publicRooms = new RoomSection(model, texts, RoomKind.PUBLIC, add, onChosen);
        Button addPrivate =
                addButton("new-private-room", texts.get("rooms.newPrivate"), onNewPrivate);
        privateRooms = new RoomSection(model, texts, RoomKind.PRIVATE, addPrivate, onChosen);
        directRooms = new RoomSection(model, texts, RoomKind.DIRECT, null, onChosen);
        buildJoinable();
        buildNewRoom();
        publicRooms.addBelowTitle(newRoom);
        root.getStyleClass().add("rooms");
        root.getChildren()
                .addAll(
                        publicRooms.root(),
                        privateRooms.root(),
                        directRooms.root(),
                        joinableTitle,
                        joinable);
        VBox.setVgrow(joinable, Priority.ALWAYS);
        VBox.setVgrow(root, Priority.ALWAYS);
    }

    private static Button addButton(String id, String words, Runnable action) {
        Button add = Look.iconButton(id, Material2AL.ADD, words);
        add.getStyleClass().add("small");
        add.setOnAction(event -> action.run());
        return add;
    }

    Node root() {
        return root;
    }

    /// Where the focus goes when the rooms are wanted.
    Node focusTarget() {
        return List.of(publicRooms, privateRooms, directRooms).stream()
                .map(RoomSection::list)
                .filter(list -> !list.getSelectionModel().isEmpty())
                .findFirst()
                .orElse(publicRooms.list());
    }

    void attach() {
        joinable.setItems(model.rooms().joinable());
        ListChangeListener<RoomInfo> fitting = change -> fitJoinable();
        model.rooms().joinable().addListener(fitting);
        fitJoinable();
        subscription =
                Subscription.combine(
                        publicRooms.attach(),
                        privateRooms.attach(),
                        directRooms.attach(),
                        () -> model.rooms().joinable().removeListener(fitting));
    }

    void detach() {
        subscription.unsubscribe();
        subscription = Subscription.EMPTY;
        joinable.setItems(null);
    }

    private void buildJoinable() {
        joinableTitle.setText(texts.get("rooms.joinable"));
        joinableTitle.getStyleClass().addAll("side-title", "side-header");
        joinableTitle.setLabelFor(joinable);
        joinable.setId("joinable-rooms");
        joinable.setAccessibleText(texts.get("rooms.joinable"));
        joinable.getStyleClass().add("side-list");
        joinable.setFixedCellSize(RoomSection.CELL_HEIGHT);
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
        Optional<Phrase> fault = model.roomCommands().join(newName.getText());
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
            model.roomCommands().join(room.name().value());
            onChosen.run();
        }
    }

    /// Keeps the list as high as its rows are, and the title of an empty one out of sight.
    private void fitJoinable() {
        int rooms = model.rooms().joinable().size();
        joinable.setPrefHeight(rooms * RoomSection.CELL_HEIGHT + 2);
        MessageCell.show(joinableTitle, rooms > 0);
        joinable.setVisible(rooms > 0);
    }

    private static void onEnter(KeyEvent event, Runnable action) {
        if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
            action.run();
            event.consume();
        }
    }
}
