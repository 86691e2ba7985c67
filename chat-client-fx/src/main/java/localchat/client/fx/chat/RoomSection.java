package localchat.client.fx.chat;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Texts;
import localchat.core.model.RoomKind;
import org.jspecify.annotations.Nullable;

/// The rooms of one kind that the person is in, below a title.
final class RoomSection {
    static final double CELL_HEIGHT = 34;

    private final ChatViewModel model;
    private final RoomKind kind;
    private final ListView<RoomModel> list = new ListView<>();
    private final HBox header;
    private final boolean hidesEmpty;
    private final VBox root;

    /// @param add makes a new one of this kind; null for those that are not made here: such a
    ///   section is not shown while it is empty
    /// @param onChosen called when a room was chosen by mouse: the person wants to write there
    RoomSection(
            ChatViewModel model,
            Texts texts,
            RoomKind kind,
            @Nullable Button add,
            Runnable onChosen) {
        this.model = model;
        this.kind = kind;
        hidesEmpty = add == null;
        String words =
                texts.get(
                        switch (kind) {
                            case PUBLIC -> "rooms.title";
                            case PRIVATE, AUDIT -> "rooms.private";
                            case DIRECT -> "rooms.direct";
                        });
        list.setId(
                switch (kind) {
                    case PUBLIC -> "rooms";
                    case PRIVATE, AUDIT -> "private-rooms";
                    case DIRECT -> "direct-rooms";
                });
        list.setAccessibleText(words);
        list.getStyleClass().add("side-list");
        list.setFixedCellSize(CELL_HEIGHT);
        list.setCellFactory(view -> new RoomCell(texts));
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> onChosen.run());
        list.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                        onChosen.run();
                        event.consume();
                    }
                });
        Label title = new Label(words);
        title.getStyleClass().add("side-title");
        title.setLabelFor(list);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        header = new HBox(title);
        if (add != null) {
            header.getChildren().add(add);
        }
        header.getStyleClass().add("side-header");
        header.setAlignment(Pos.CENTER_LEFT);
        root = new VBox(header, list);
        VBox.setVgrow(list, Priority.ALWAYS);
    }

    VBox root() {
        return root;
    }

    /// Shows a node between the title and the rooms.
    void addBelowTitle(Node node) {
        root.getChildren().add(1, node);
    }

    ListView<RoomModel> list() {
        return list;
    }

    Subscription attach() {
        FilteredList<RoomModel> rooms = new FilteredList<>(model.rooms().joined(), this::belongs);
        ListChangeListener<RoomModel> fitting = change -> fit(rooms.size());
        rooms.addListener(fitting);
        list.setItems(rooms);
        fit(rooms.size());
        return Subscription.combine(
                        model.rooms().currentProperty().subscribe(this::select),
                        list.getSelectionModel().selectedItemProperty().subscribe(this::selected))
                .and(() -> {
                    rooms.removeListener(fitting);
                    list.setItems(null);
                });
    }

    /// The audit room stands among the private ones.
    private boolean belongs(RoomModel room) {
        RoomKind shownAs = room.kind() == RoomKind.AUDIT ? RoomKind.PRIVATE : room.kind();
        return shownAs == kind;
    }

    private void select(Optional<RoomModel> current) {
        current.filter(this::belongs)
                .ifPresentOrElse(
                        room -> list.getSelectionModel().select(room),
                        () -> list.getSelectionModel().clearSelection());
    }

    private void selected(@Nullable RoomModel room) {
        if (room != null) {
            model.show(room);
        }
    }

    /// Keeps the list as high as its rows are.
    private void fit(int rooms) {
        list.setPrefHeight(rooms * CELL_HEIGHT + (rooms == 0 ? 0 : 2));
        list.setMinHeight(rooms == 0 ? 0 : CELL_HEIGHT);
        MessageCell.show(list, rooms > 0);
        MessageCell.show(root, rooms > 0 || !hidesEmpty);
    }
}
