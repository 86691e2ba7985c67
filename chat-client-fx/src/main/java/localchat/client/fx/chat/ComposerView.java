package localchat.client.fx.chat;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;
import org.kordamp.ikonli.material2.Material2MZ;

/// Where a message is written. Grows with its text up to [#LINES_MAX] lines.
final class ComposerView {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    private static final PseudoClass FOCUSED = PseudoClass.getPseudoClass("has-focus");
    private static final int LINES_MAX = 8;

    /// Space between the area's edge and its text, in pixels: the stylesheet's padding, and a
    /// little more on the right so that a line never breaks in the area that did not break in the
    /// measure.
    private static final double PADDING_X = 26;

    private static final double PADDING_Y = 20;

    private final ChatViewModel model;
    private final Texts texts;
    private final TextArea area = new TextArea();
    private final Text measure = new Text();
    private final Button send;
    private final Label counter = new Label();
    private final Label hint = new Label();
    private final ComposerBar bar;
    private final VBox root = new VBox(4);
    private final HBox box;
    private Subscription subscription = Subscription.EMPTY;

    ComposerView(ChatViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        area.setId("composer");
        area.setWrapText(true);
        area.setPrefRowCount(1);
        area.setMinHeight(Region.USE_PREF_SIZE);
        area.setAccessibleText(texts.get("composer.accessible"));
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        area.addEventHandler(
                KeyEvent.KEY_TYPED, event -> model.messages().typing(!area.getText().isEmpty()));
        send = Look.iconButton("send", Material2MZ.SEND, texts.get("composer.send"));
        send.getStyleClass().add("accent");
        send.setOnAction(event -> send());
        counter.setId("composer-counter");
        counter.getStyleClass().add("composer-counter");
        counter.setMinWidth(Region.USE_PREF_SIZE);
        hint.getStyleClass().add("composer-hint");
        HBox.setHgrow(area, Priority.ALWAYS);
        box = new HBox(area, send);
        box.getStyleClass().add("composer-box");
        box.setAlignment(Pos.BOTTOM_LEFT);
        hint.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(hint, Priority.ALWAYS);
        HBox below = new HBox(12, hint, counter);
        below.getStyleClass().add("composer-below");
        bar = new ComposerBar(texts, this::cancelMode);
        root.getChildren().addAll(bar.root(), box, below);
        root.getStyleClass().add("composer");
    }

    Node root() {
        return root;
    }

    TextArea focusTarget() {
        return area;
    }

    void attach() {
        ComposerViewModel composer = model.composer();
        area.textProperty().bindBidirectional(composer.textProperty());
        area.end();
        subscription =
                Subscription.combine(
                        area.textProperty().subscribe(text -> fit()),
                        area.widthProperty().subscribe(width -> fit()),
                        area.fontProperty().subscribe(font -> fit()),
                        area.focusedProperty()
                                .subscribe(has -> box.pseudoClassStateChanged(FOCUSED, has)),
                        composer.modeProperty().subscribe(this::modeChanged),
                        composer.bytesLeftProperty().subscribe(left -> showLeft(left.intValue())),
                        model.rooms().currentProperty().subscribe(room -> area.end()),
                        () -> area.textProperty().unbindBidirectional(composer.textProperty()));
    }

    void detach() {
        subscription.unsubscribe();
        subscription = Subscription.EMPTY;
    }

    /// Names the room that is written to.
    void setRoom(String name) {
        area.setPromptText(texts.get("composer.prompt", name));
    }

    private void send() {
        model.messages().send();
        area.requestFocus();
    }

    private void modeChanged(ComposerMode mode) {
        bar.show(mode);
        boolean editing = mode instanceof ComposerMode.Editing;
        Look.explain(send, texts.get(editing ? "composer.save" : "composer.send"));
        hint.setText(
                texts.get(
                        switch (mode) {
                            case ComposerMode.Plain _ -> "composer.hint";
                            case ComposerMode.Replying _ -> "composer.hint.reply";
                            case ComposerMode.Editing _ -> "composer.hint.edit";
                        }));
        area.end();
    }

    private void cancelMode() {
        model.messages().cancelMode();
        area.requestFocus();
        area.end();
    }

    private void keyPressed(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB) {
            tabPressed(event);
            event.consume();
            return;
        }
        boolean plain = model.composer().modeProperty().get() instanceof ComposerMode.Plain;
        if (event.getCode() == KeyCode.ESCAPE && !plain) {
            cancelMode();
            event.consume();
            return;
        }
        boolean modified = event.isShiftDown() || event.isAltDown() || event.isShortcutDown();
        if (event.getCode() == KeyCode.UP && plain && !modified && area.getText().isEmpty()) {
            model.messages().editLast();
            area.end();
            event.consume();
            return;
        }
        if (event.getCode() != KeyCode.ENTER
                || event.isControlDown()
                || event.isAltDown()
                || event.isMetaDown()) {
            return;
        }
        if (event.isShiftDown()) {
            area.replaceSelection("\n");
        } else {
            send();
        }
        event.consume();
    }

    /// Tab leads on as everywhere else; a tab is written by Ctrl+Tab.
    private void tabPressed(KeyEvent event) {
        if (event.isControlDown()) {
            area.replaceSelection("\t");
        } else {
            area.requestFocusTraversal(
                    event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
        }
    }

    private void showLeft(int left) {
        boolean near = model.composer().isNearLimit();
        counter.setText(
                left < 0
                        ? texts.count("composer.over", -left)
                        : texts.count("composer.left", left));
        counter.setVisible(near);
        counter.pseudoClassStateChanged(DANGER, left < 0);
        box.pseudoClassStateChanged(DANGER, left < 0);
        send.setDisable(left < 0);
    }

    private void fit() {
        measure.setFont(area.getFont());
        measure.setWrappingWidth(Math.max(40, area.getWidth() - PADDING_X));
        measure.setText("x");
        double line = measure.getLayoutBounds().getHeight();
        measure.setText(area.getText() + (area.getText().endsWith("\n") ? "x" : ""));
        double lines =
                Math.max(
                        1,
                        Math.min(
                                LINES_MAX,
                                Math.round(measure.getLayoutBounds().getHeight() / line)));
        area.setPrefHeight(Math.ceil(lines * line) + PADDING_Y);
    }
}
