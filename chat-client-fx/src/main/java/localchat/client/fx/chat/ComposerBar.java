package localchat.client.fx.chat;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2MZ;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/// Says above the composer that the text is a reply, or another text for a message.
final class ComposerBar {
    private final Texts texts;
    private final FontIcon icon = new FontIcon(Material2MZ.REPLY);
    private final Label title = new Label();
    private final Label words = new Label();
    private final HBox root;

    /// @param onCancel called when it is to be a message of its own
    ComposerBar(Texts texts, Runnable onCancel) {
        this.texts = texts;
        title.setId("composer-mode");
        title.getStyleClass().add("quote-author");
        title.setMinWidth(Region.USE_PREF_SIZE);
        words.setId("composer-quote");
        words.getStyleClass().add("quote-text");
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button cancel =
                Look.iconButton(
                        "composer-cancel",
                        Material2OutlinedAL.CLOSE,
                        texts.get("composer.cancelMode"));
        cancel.getStyleClass().add("small");
        cancel.setOnAction(event -> onCancel.run());
        root = new HBox(8, icon, title, words, cancel);
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("composer-bar");
        MessageCell.show(root, false);
    }

    Node root() {
        return root;
    }

    void show(ComposerMode mode) {
        MessageCell.show(root, !(mode instanceof ComposerMode.Plain));
        switch (mode) {
            case ComposerMode.Plain _ -> {
                title.setText("");
                words.setText("");
            }
            case ComposerMode.Replying(long _, String author, String text) -> {
                icon.setIconCode(Material2MZ.REPLY);
                title.setText(texts.get("composer.replying", author));
                words.setText(text);
            }
            case ComposerMode.Editing(long _, String original) -> {
                icon.setIconCode(Material2OutlinedAL.EDIT);
                title.setText(texts.get("composer.editing"));
                words.setText(original.replaceAll("\\s+", " "));
            }
        }
    }
}
