package localchat.client.fx.chat;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
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

/// Calm lines above the messages: how the connection is when it is not as it should be, and
/// notices.
final class Banner {
    private final Texts texts;
    private final Label linkWords = words("connection-banner");
    private final FontIcon linkIcon = new FontIcon(Material2OutlinedMZ.SYNC);
    private final Button signIn = new Button();
    private final HBox link = new HBox(10, linkIcon, linkWords, signIn);
    private final Label noticeWords = words("notice");
    private final HBox notice;
    private final Label clockWords = words("clock-notice");
    private final HBox clock;
    private final Label keyWords = words("server-key");
    private final HBox key;
    private final VBox root;

    /// @param onSignIn leads back to the login
    Banner(Texts texts, Runnable onSignIn, ChatViewModel model) {
        this.texts = texts;
        Notices notices = model.notices();
        link.getStyleClass().add("banner");
        link.setAlignment(Pos.CENTER_LEFT);
        signIn.setId("sign-in-again");
        signIn.setText(texts.get("link.signIn"));
        signIn.setMinWidth(Region.USE_PREF_SIZE);
        signIn.setOnAction(event -> onSignIn.run());
        notice = notice(Material2OutlinedAL.INFO, noticeWords, "notice", notices::dismiss);
        clock =
                notice(
                        Material2OutlinedMZ.SCHEDULE,
                        clockWords,
                        "clock-notice",
                        notices::dismissClock);
        key = notice(Material2OutlinedAL.LOCK, keyWords, "server-key", this::laterForKey);
        Button same = new Button(texts.get("key.same"));
        same.setId("server-key-same");
        same.setMinWidth(Region.USE_PREF_SIZE);
        same.setOnAction(event -> model.vouch());
        key.getChildren().add(2, same);
        root = new VBox(link, key, clock, notice);
        show(key, false);
        show(link, false);
        show(notice, false);
        show(clock, false);
    }

    private HBox notice(Ikon icon, Label words, String id, Runnable onDismiss) {
        Button dismiss =
                Look.iconButton(
                        id + "-dismiss", Material2OutlinedAL.CLOSE, texts.get("notice.dismiss"));
        dismiss.setOnAction(event -> onDismiss.run());
        HBox line = new HBox(10, new FontIcon(icon), words, dismiss);
        line.getStyleClass().addAll("banner", "banner-notice");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    Node root() {
        return root;
    }

    void setLink(Link state) {
        show(link, !(state instanceof Link.Online));
        boolean over = state instanceof Link.Over;
        show(signIn, over);
        if (over) {
            show(key, false);
        }
        link.getStyleClass().removeAll("banner-waiting", "banner-over", "banner-notice");
        link.getStyleClass()
                .add(
                        switch (state) {
                            case Link.Over _ -> "banner-over";
                            case Link.Reconnecting _ -> "banner-waiting";
                            case Link.Connecting _, Link.Online _ -> "banner-notice";
                        });
        Ikon icon = over ? Material2OutlinedAL.CLOUD_OFF : Material2OutlinedMZ.SYNC;
        linkIcon.setIconCode(icon);
        linkWords.setText(
                switch (state) {
                    case Link.Online _ -> "";
                    case Link.Connecting _ -> texts.get("link.connecting.banner");
                    case Link.Reconnecting _ -> texts.get("link.banner");
                    case Link.Over(Phrase reason) -> texts.get(reason);
                });
    }

    /// A server that nobody vouches for shows its words, until the person has compared them or
    /// wants to do that later.
    void setServerKey(ServerKey state) {
        boolean open = state instanceof ServerKey.Known known && !known.verified();
        show(key, open);
        if (state instanceof ServerKey.Known(List<String> words, boolean _)) {
            keyWords.setText(texts.get("key.compare", String.join(" ", words)));
        }
    }

    private void laterForKey() {
        show(key, false);
    }

    void setNotice(Optional<Phrase> phrase) {
        show(notice, phrase.isPresent());
        noticeWords.setText(phrase.map(texts::get).orElse(""));
    }

    void setClock(Optional<Phrase> phrase) {
        show(clock, phrase.isPresent());
        clockWords.setText(phrase.map(texts::get).orElse(""));
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
