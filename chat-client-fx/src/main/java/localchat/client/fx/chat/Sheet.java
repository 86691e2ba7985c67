package localchat.client.fx.chat;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;

/// A question in front of everything else in the window. While it is there nothing behind it can be
/// used; Escape leaves it, Enter agrees to it.
final class Sheet {
    private final Texts texts;
    private final Node behind;
    private final Label title = new Label();
    private final StackPane place = new StackPane();
    private final Label fault = Look.foldingLabel("sheet-fault", "field-fault");
    private final Button cancel = new Button();
    private final Button confirm = new Button();
    private final VBox card;
    private final StackPane root;
    private Supplier<Optional<Phrase>> onConfirm = Optional::empty;
    private Runnable onClosed = () -> {};

    /// @param behind what is not to be used meanwhile
    Sheet(Texts texts, Node behind) {
        this.texts = texts;
        this.behind = behind;
        title.setId("sheet-title");
        title.getStyleClass().add("ask-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        cancel.setId("sheet-cancel");
        cancel.setText(texts.get("sheet.cancel"));
        cancel.setOnAction(event -> close());
        confirm.setId("sheet-confirm");
        confirm.setOnAction(event -> confirm());
        HBox buttons = new HBox(10, cancel, confirm);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        card = new VBox(14, title, place, fault, buttons);
        card.getStyleClass().add("ask");
        card.setMaxHeight(Region.USE_PREF_SIZE);
        card.setAccessibleRole(AccessibleRole.DIALOG);
        root = new StackPane(card);
        root.setId("sheet");
        root.getStyleClass().add("ask-scrim");
        root.setVisible(false);
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    }

    Node root() {
        return root;
    }

    boolean isOpen() {
        return root.isVisible();
    }

    /// Asks a question to be answered with yes or no; the focus is on the answer that changes
    /// nothing.
    ///
    /// @param yes what agreeing is called
    void ask(String question, String yes, Runnable action, Runnable closed) {
        open(
                question,
                new Region(),
                yes,
                () -> {
                    action.run();
                    return Optional.empty();
                },
                closed);
        confirm.getStyleClass().remove("accent");
        confirm.getStyleClass().add("danger");
        confirm.setDefaultButton(false);
        cancel.requestFocus();
    }

    /// Shows something that is only to be closed again.
    ///
    /// @param done what closing is called
    void show(String words, Region content, String done, Runnable closed) {
        open(words, content, done, Optional::empty, closed);
        MessageCell.show(cancel, false);
        confirm.requestFocus();
    }

    /// Shows a form.
    ///
    /// @param yes what agreeing is called
    /// @param action does what was agreed to, or says what is wrong with it
    /// @param closed called when the sheet is away, whatever the answer
    void open(
            String words,
            Region content,
            String yes,
            Supplier<Optional<Phrase>> action,
            Runnable closed) {
        title.setText(words);
        card.setAccessibleText(words);
        place.getChildren().setAll(content);
        fault.setText("");
        MessageCell.show(cancel, true);
        confirm.setText(yes);
        confirm.getStyleClass().removeAll("danger", "accent");
        confirm.getStyleClass().add("accent");
        confirm.setDefaultButton(true);
        onConfirm = action;
        onClosed = closed;
        root.setVisible(true);
        behind.setDisable(true);
    }

    /// Agrees.
    void confirm() {
        Optional<Phrase> wrong = onConfirm.get();
        if (wrong.isPresent()) {
            fault.setText(texts.get(wrong.get()));
        } else {
            close();
        }
    }

    void close() {
        if (isOpen()) {
            root.setVisible(false);
            confirm.setDefaultButton(false);
            place.getChildren().clear();
            behind.setDisable(false);
            onClosed.run();
        }
    }

    private void keyPressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && event.getTarget() instanceof Button button) {
            button.fire();
            event.consume();
        }
    }
}
