package localchat.client.fx.chat;

import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Texts;

/// The people of the room that is shown.
final class PeopleView {
    private static final double CELL_HEIGHT = 42;

    private final ChatViewModel model;
    private final Texts texts;
    private final Runnable onChosen;
    private final PersonMenu menu;
    private final Label title = new Label();
    private final ListView<PersonRow> list = new ListView<>();
    private final VBox root = new VBox(title, list);
    private Subscription subscription = Subscription.EMPTY;
    private Subscription roomSubscription = Subscription.EMPTY;

    /// @param sheets asks what a wish about somebody needs
    /// @param onChosen called when somebody was chosen: the person wants to write to them
    PeopleView(ChatViewModel model, Texts texts, PersonSheets sheets, Runnable onChosen) {
        menu = new PersonMenu(model, texts, sheets);
        this.onChosen = onChosen;
        this.model = model;
        this.texts = texts;
        root.getStyleClass().add("people");
        title.setId("people-title");
        title.getStyleClass().addAll("side-title", "side-header");
        title.setLabelFor(list);
        list.setId("people");
        list.setAccessibleText(texts.get("people.title"));
        list.getStyleClass().add("side-list");
        list.setFixedCellSize(CELL_HEIGHT);
        list.setCellFactory(view -> new PersonCell(texts));
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        list.addEventHandler(
                ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                event -> {
                    askWhatToDo(event.getScreenX(), event.getScreenY());
                    event.consume();
                });
        VBox.setVgrow(list, Priority.ALWAYS);
    }

    private void askWhatToDo(double screenX, double screenY) {
        PersonRow person = list.getSelectionModel().getSelectedItem();
        if (person != null) {
            menu.show(list, person, screenX, screenY);
        }
    }

    private void clicked(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY) {
            openDirect();
        }
    }

    private void keyPressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
            openDirect();
            event.consume();
        }
    }

    private void openDirect() {
        PersonRow person = list.getSelectionModel().getSelectedItem();
        if (person != null && !person.self()) {
            list.getSelectionModel().clearSelection();
            model.roomCommands().openDirect(person.userId());
            onChosen.run();
        }
    }

    VBox root() {
        return root;
    }

    Node focusTarget() {
        return list;
    }

    void attach() {
        subscription = model.rooms().currentProperty().subscribe(this::roomChanged);
    }

    void detach() {
        subscription.unsubscribe();
        roomSubscription.unsubscribe();
        subscription = Subscription.EMPTY;
        roomSubscription = Subscription.EMPTY;
        list.setItems(null);
    }

    private void roomChanged(Optional<RoomModel> room) {
        roomSubscription.unsubscribe();
        list.setItems(
                room.map(shown -> shown.people().rows())
                        .orElseGet(FXCollections::observableArrayList));
        roomSubscription =
                room.map(shown ->
                                shown.onlineProperty()
                                        .subscribe(count -> showCount(count.intValue())))
                        .orElse(Subscription.EMPTY);
    }

    private void showCount(int online) {
        title.setText(texts.count("people.count", online));
    }
}
