package localchat.client.fx.chat;

import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import localchat.client.fx.chat.MessageRow.Content;
import localchat.client.fx.i18n.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// How far a message has come: a clock while it waits, and why it failed.
final class MessageState {
    private static final PseudoClass PENDING = PseudoClass.getPseudoClass("pending");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private final Texts texts;
    private final Label mark = new Label();
    private final Button takeBack = new Button();
    private final HBox marks = new HBox(4, mark, takeBack);
    private final Label failure = new Label();
    private final Button retry = new Button();
    private final Button discard = new Button();
    private final HBox failureLine = new HBox(8, failure, retry, discard);
    private @Nullable MessageRow row;

    MessageState(Texts texts, MessageActions actions) {
        this.texts = texts;
        mark.getStyleClass().add("message-waiting");
        mark.setGraphic(new FontIcon(Material2OutlinedMZ.SCHEDULE));
        mark.setMinWidth(Region.USE_PREF_SIZE);
        marks.setAlignment(Pos.BOTTOM_LEFT);
        failure.getStyleClass().add("message-failure");
        failure.setGraphic(new FontIcon(Material2OutlinedAL.ERROR_OUTLINE));
        failure.setWrapText(true);
        failure.setMinHeight(Region.USE_PREF_SIZE);
        prepare(retry, "message.retry", "message-retry", actions::retry);
        retry.getStyleClass().add("accent");
        prepare(discard, "message.discard", "message-discard", actions::discard);
        prepare(takeBack, "message.discard", "message-take-back", actions::discard);
        failureLine.setAlignment(Pos.CENTER_LEFT);
    }

    private void prepare(
            Button button, String key, String styleClass, Consumer<MessageRow> action) {
        button.setText(texts.get(key));
        button.getStyleClass().addAll("small", "flat", styleClass);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> {
            if (row != null) {
                action.accept(row);
            }
        });
    }

    /// Stands beside the text.
    Node mark() {
        return marks;
    }

    /// Stands below the text.
    Node failure() {
        return failureLine;
    }

    void update(MessageRow next, Node cell) {
        row = next;
        Delivery delivery = next.delivery();
        boolean waiting = delivery instanceof Delivery.Waiting;
        boolean failed = delivery instanceof Delivery.Failed;
        boolean changing =
                switch (next.content()) {
                    case Content.Said said -> said.changing();
                    case Content.Gone(var _, boolean deleting) -> deleting;
                    case Content.Unreadable _, Content.Note _ -> false;
                };
        cell.pseudoClassStateChanged(PENDING, waiting || delivery instanceof Delivery.Sent);
        cell.pseudoClassStateChanged(FAILED, failed);
        MessageCell.show(marks, waiting || changing);
        mark.setText(texts.get(waiting ? "message.waiting" : "message.changing"));
        MessageCell.show(takeBack, waiting);
        MessageCell.show(failureLine, failed);
        failure.setText(
                delivery instanceof Delivery.Failed(var code, var words)
                        ? texts.get("message.failed", Refusals.of(code, words))
                        : "");
    }
}
