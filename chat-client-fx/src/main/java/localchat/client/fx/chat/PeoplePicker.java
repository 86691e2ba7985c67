package localchat.client.fx.chat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Avatar;
import org.jspecify.annotations.Nullable;

/// A list of people of whom some are picked, with a field to find them in.
final class PeoplePicker {
    private static final double CELL_HEIGHT = 38;
    private static final int ROWS_SHOWN = 5;

    private final Texts texts;
    private final List<PersonRow> all;
    private final Set<Long> picked = new LinkedHashSet<>();
    private final TextField filter = new TextField();
    private final ListView<PersonRow> list = new ListView<>();
    private final VBox root = new VBox(8, filter, list);

    PeoplePicker(Texts texts, List<PersonRow> people) {
        this.texts = texts;
        all = List.copyOf(people);
        filter.setId("people-filter");
        filter.setPromptText(texts.get("picker.find"));
        filter.setAccessibleText(texts.get("picker.find"));
        filter.textProperty().addListener((observable, before, now) -> refresh());
        filter.addEventHandler(KeyEvent.KEY_PRESSED, this::filterKey);
        list.setId("people-picker");
        list.setAccessibleText(texts.get("people.title"));
        list.setFixedCellSize(CELL_HEIGHT);
        list.setPrefHeight(CELL_HEIGHT * ROWS_SHOWN + 4);
        list.setPlaceholder(new Label(texts.get("picker.nobody")));
        list.setCellFactory(view -> new PickCell());
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> toggleSelected());
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::listKey);
        refresh();
    }

    VBox root() {
        return root;
    }

    Node focusTarget() {
        return filter;
    }

    /// Who was picked.
    List<PersonRow> picked() {
        return all.stream().filter(person -> picked.contains(person.userId())).toList();
    }

    private void refresh() {
        String wanted = filter.getText().strip().toLowerCase(Locale.ROOT);
        list.getItems()
                .setAll(
                        all.stream()
                                .filter(person ->
                                        person.name().toLowerCase(Locale.ROOT).contains(wanted))
                                .toList());
        if (!list.getItems().isEmpty()) {
            list.getSelectionModel().select(0);
        }
    }

    private void filterKey(KeyEvent event) {
        if (event.getCode() == KeyCode.DOWN) {
            list.requestFocus();
            event.consume();
        }
    }

    private void listKey(KeyEvent event) {
        if (event.getCode() == KeyCode.SPACE) {
            toggleSelected();
            event.consume();
        }
    }

    private void toggleSelected() {
        PersonRow person = list.getSelectionModel().getSelectedItem();
        if (person != null) {
            if (!picked.add(person.userId())) {
                picked.remove(person.userId());
            }
            list.refresh();
        }
    }

    /// Somebody who may be picked.
    private final class PickCell extends ListCell<PersonRow> {
        private final CheckBox box = new CheckBox();
        private final Avatar avatar = new Avatar(26);
        private final Label name = new Label();
        private final HBox line = new HBox(10, box, avatar, name);

        PickCell() {
            getStyleClass().add("pick");
            line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            box.setMouseTransparent(true);
            box.setFocusTraversable(false);
        }

        @Override
        protected void updateItem(@Nullable PersonRow person, boolean empty) {
            super.updateItem(person, empty);
            if (person == null || empty) {
                setGraphic(null);
                setAccessibleText("");
                return;
            }
            boolean chosen = picked.contains(person.userId());
            box.setSelected(chosen);
            avatar.setName(person.name());
            name.setText(person.name());
            setAccessibleText(chosen ? texts.get("picker.picked", person.name()) : person.name());
            setGraphic(line);
        }
    }
}
