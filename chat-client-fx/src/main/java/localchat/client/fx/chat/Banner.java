package localchat.client.fx.chat;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// Calm lines above the messages: how the connection is when it is not as it should be, notices,
/// and the question before a room is left.
final class Banner {
    private final Texts texts;
    private final Label linkWords = words("connection-banner");
    private final FontIcon linkIcon = new FontIcon(Material2OutlinedMZ.SYNC);
    private final Button signIn = new Button();
    private final HBox link = new HBox(10, linkIcon, linkWords, signIn);
    private final Label noticeWords = words("notice");
    private final HBox notice = new HBox(10);
    private final Label questionWords = words("leave-question");
    private final Button confirm = new Button();
    private final Button stay = new Button();
    private final HBox question = new HBox(10, questionWords, confirm, stay);
    private final VBox root = new VBox(link, notice, question);
    private Runnable onStay = () -> {};

    /// @param onSignIn leads back to the login
    /// @param onDismiss the notice was read
    Banner(Texts texts, Runnable onSignIn, Runnable onDismiss) {
        this.texts = texts;
        link.getStyleClass().add("banner");
        link.setAlignment(Pos.CENTER_LEFT);
        signIn.setId("sign-in-again");
        signIn.setText(texts.get("link.signIn"));
        signIn.setMinWidth(Region.USE_PREF_SIZE);
        signIn.setOnAction(event -> onSignIn.run());
        Button dismiss =
                Look.iconButton(
                        "notice-dismiss", Material2OutlinedAL.CLOSE, texts.get("notice.dismiss"));
        dismiss.setOnAction(event -> onDismiss.run());
        notice.getChildren().addAll(new FontIcon(Material2OutlinedAL.INFO), noticeWords, dismiss);
        notice.getStyleClass().addAll("banner", "banner-notice");
        notice.setAlignment(Pos.CENTER_LEFT);
        buildQuestion();
        show(link, false);
        show(notice, false);
        show(question, false);
    }

    Node root() {
        return root;
    }

    void setLink(Link state) {
        show(link, !(state instanceof Link.Online));
        boolean over = state instanceof Link.Over;
        show(signIn, over);
        link.getStyleClass().removeAll("banner-waiting", "banner-over");
        link.getStyleClass().add(over ? "banner-over" : "banner-waiting");
        Ikon icon = over ? Material2OutlinedAL.CLOUD_OFF : Material2OutlinedMZ.SYNC;
        linkIcon.setIconCode(icon);
        linkWords.setText(
                switch (state) {
                    case Link.Online online -> "";
                    case Link.Reconnecting reconnecting -> texts.get("link.banner");
                    case Link.Over(Phrase reason) -> texts.get(reason);
                });
    }

    void setNotice(Optional<Phrase> phrase) {
        show(notice, phrase.isPresent());
        noticeWords.setText(phrase.map(texts::get).orElse(""));
    }

    /// Asks whether to leave a room. The focus is on the answer that changes nothing.
    ///
    /// @param onLeave the answer was yes
    /// @param onStayed the answer was no
    void askToLeave(String room, Runnable onLeave, Runnable onStayed) {
        String words = texts.get("room.leave.question", room);
        questionWords.setText(words);
        stay.setAccessibleHelp(words);
        confirm.setAccessibleHelp(words);
        onStay = onStayed;
        confirm.setOnAction(event -> {
            withdrawQuestion();
            onLeave.run();
        });
        show(question, true);
        stay.requestFocus();
    }

    /// There is nothing to ask any more.
    void withdrawQuestion() {
        show(question, false);
    }

    private void buildQuestion() {
        confirm.setId("leave-confirm");
        confirm.setText(texts.get("room.leave.confirm"));
        confirm.setMinWidth(Region.USE_PREF_SIZE);
        stay.setId("leave-stay");
        stay.setText(texts.get("room.leave.stay"));
        stay.setMinWidth(Region.USE_PREF_SIZE);
        stay.setOnAction(event -> stay());
        question.getStyleClass().addAll("banner", "question");
        question.setAlignment(Pos.CENTER_LEFT);
        question.addEventHandler(KeyEvent.KEY_PRESSED, this::questionKey);
    }

    private void questionKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            stay();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && event.getTarget() instanceof Button button) {
            button.fire();
            event.consume();
        }
    }

    private void stay() {
        withdrawQuestion();
        onStay.run();
    }

    private static Label words(String id) {
        Label words = new Label();
        words.setId(id);
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        return words;
    }

    private static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}
