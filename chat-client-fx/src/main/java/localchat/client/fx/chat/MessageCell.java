package localchat.client.fx.chat;

import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import localchat.client.fx.chat.MessageRow.Content;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.i18n.TimeWords;
import localchat.client.fx.look.Avatar;
import localchat.core.model.TombstoneCause;
import org.fxmisc.flowless.Cell;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2MZ;

/// One row of the list of messages. Used again for other rows; it binds to nothing, [#updateItem]
/// sets everything.
final class MessageCell implements Cell<MessageRow, Node> {
    private static final PseudoClass OWN = PseudoClass.getPseudoClass("own");
    private static final PseudoClass ACTION = PseudoClass.getPseudoClass("action");
    private static final PseudoClass GONE = PseudoClass.getPseudoClass("gone");
    private static final PseudoClass GROUP = PseudoClass.getPseudoClass("group");
    private static final PseudoClass MENTION = PseudoClass.getPseudoClass("mention");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass FLASH = PseudoClass.getPseudoClass("flash");
    private static final double AVATAR_SIZE = 38;
    private static final Duration FLASH_FOR = Duration.millis(1_600);

    private final Texts texts;
    private final TimeWords times;
    private final HoverBar hover;

    private final VBox root = new VBox();
    private final Label day = new Label();
    private final HBox dayLine = new HBox(12, rule(), day, rule());
    private final HBox unreadLine;
    private final Label note = new Label();
    private final Avatar avatar = new Avatar(AVATAR_SIZE);
    private final Label gutterTime = new Label();
    private final Label author = new Label();
    private final Label time = new Label();
    private final Label pinned = new Label();
    private final HBox header = new HBox(8, author, time, pinned);
    private final MessageWords words;
    private final MessageState state;
    private final HBox body;
    private final Tooltip fullTime = new Tooltip();
    private final PauseTransition flash = new PauseTransition(FLASH_FOR);
    private @Nullable MessageRow row;

    MessageCell(Texts texts, TimeWords times, MessageActions actions, HoverBar hover) {
        this.texts = texts;
        this.times = times;
        this.hover = hover;
        words = new MessageWords(texts, times, actions);
        state = new MessageState(texts, actions);
        root.getStyleClass().add("message");
        root.setAccessibleRole(AccessibleRole.TEXT);
        dayLine.getStyleClass().add("message-day");
        dayLine.setAlignment(Pos.CENTER);
        unreadLine = unreadLine(texts);
        note.getStyleClass().add("message-note");
        note.setWrapText(true);
        author.getStyleClass().add("message-author");
        time.getStyleClass().add("message-time");
        gutterTime.getStyleClass().add("message-time");
        pinned.getStyleClass().add("message-pinned");
        pinned.setGraphic(new FontIcon(Material2MZ.PUSH_PIN));
        pinned.setText(texts.get("message.pinned"));
        header.setAlignment(Pos.BASELINE_LEFT);
        Tooltip.install(time, fullTime);
        Tooltip.install(gutterTime, fullTime);
        body = body();
        root.getChildren().addAll(dayLine, unreadLine, note, body);
        root.setOnMouseEntered(event -> hover.enter(this));
        root.setOnMouseExited(event -> hover.leave(this));
        root.setOnContextMenuRequested(event -> {
            hover.openMenu(this, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        flash.setOnFinished(event -> root.pseudoClassStateChanged(FLASH, false));
    }

    private static HBox unreadLine(Texts texts) {
        Label label = new Label(texts.get("messages.unread"));
        HBox line = new HBox(10, rule(), label);
        line.getStyleClass().add("message-unread");
        line.setAlignment(Pos.CENTER);
        return line;
    }

    private HBox body() {
        StackPane gutter = new StackPane(avatar, gutterTime);
        gutter.getStyleClass().add("message-gutter");
        gutter.setAlignment(Pos.TOP_RIGHT);
        HBox bubbleLine = new HBox(8, words.bubble(), words.edited(), state.mark());
        bubbleLine.setAlignment(Pos.BOTTOM_LEFT);
        VBox content =
                new VBox(3, header, words.quote(), bubbleLine, words.reactions(), state.failure());
        content.getStyleClass().add("message-content");
        HBox.setHgrow(content, Priority.ALWAYS);
        HBox line = new HBox(12, gutter, content);
        line.getStyleClass().add("message-body");
        return line;
    }

    @Override
    public Node getNode() {
        return root;
    }

    @Override
    public boolean isReusable() {
        return true;
    }

    @Override
    public void reset() {
        row = null;
        hover.leave(this);
        words.reset();
        flash.stop();
        root.pseudoClassStateChanged(FLASH, false);
        root.pseudoClassStateChanged(CURRENT, false);
    }

    @Override
    public void updateItem(MessageRow next) {
        row = next;
        show(dayLine, next.placement().startsDay());
        day.setText(next.placement().startsDay() ? times.day(next.timeMillis()) : "");
        show(unreadLine, next.placement().startsUnread());
        boolean isNote = next.content() instanceof Content.Note;
        show(note, isNote);
        show(body, !isNote);
        root.pseudoClassStateChanged(OWN, next.author().self());
        root.pseudoClassStateChanged(ACTION, next.said().map(Content.Said::action).orElse(false));
        root.pseudoClassStateChanged(
                MENTION, next.said().map(Content.Said::mentionsSelf).orElse(false));
        root.pseudoClassStateChanged(GROUP, next.placement().startsGroup());
        if (next.content() instanceof Content.Note(var phrase)) {
            root.pseudoClassStateChanged(GONE, false);
            String line = texts.get(phrase);
            note.setText(line + " ·\u00a0" + times.time(next.timeMillis()));
            root.setAccessibleText(note.getText());
        } else {
            updateMessage(next);
        }
    }

    private void updateMessage(MessageRow next) {
        boolean startsGroup = next.placement().startsGroup();
        Author writer = next.author();
        String clockTime = times.time(next.timeMillis());
        show(avatar, startsGroup);
        avatar.setName(writer.name());
        show(gutterTime, !startsGroup);
        gutterTime.setText(clockTime);
        show(header, startsGroup);
        author.setText(writer.self() ? texts.get("message.self", writer.name()) : writer.name());
        time.setText(clockTime);
        fullTime.setText(times.full(next.timeMillis()));
        show(pinned, next.said().map(Content.Said::pinned).orElse(false));
        String shown =
                switch (next.content()) {
                    case Content.Said said ->
                            said.action() ? "∗ " + writer.name() + " " + said.text() : said.text();
                    case Content.Gone(TombstoneCause cause, var _) ->
                            texts.get(
                                    cause == TombstoneCause.DELETED
                                            ? "message.deleted"
                                            : "message.expired");
                    case Content.Unreadable _ -> texts.get("message.unreadable");
                    case Content.Note _ -> "";
                };
        root.pseudoClassStateChanged(GONE, !(next.content() instanceof Content.Said));
        words.update(next, shown);
        state.update(next, root);
        root.setAccessibleText(writer.name() + ", " + clockTime + ": " + shown);
    }

    /// The row that is shown; null in a cell that waits to be used.
    @Nullable MessageRow row() {
        return row;
    }

    /// The part beside which the buttons of the message stand.
    Region hoverPlace() {
        return body;
    }

    /// What is read in it.
    Node words() {
        return note.isVisible() ? note : words.bubble();
    }

    /// Its nodes, to which the buttons of the message are added.
    VBox box() {
        return root;
    }

    /// Whether the keyboard is on this row.
    void setCurrent(boolean current) {
        root.pseudoClassStateChanged(CURRENT, current);
    }

    /// Shows for a moment that this is the message that was looked for.
    void flash() {
        root.pseudoClassStateChanged(FLASH, true);
        flash.playFromStart();
    }

    /// Copies what is selected, or the whole text.
    void copy() {
        String selected = words.selection();
        String whole = row == null ? "" : row.text();
        Clipboard.getSystemClipboard()
                .setContent(
                        java.util.Map.of(
                                DataFormat.PLAIN_TEXT, selected.isEmpty() ? whole : selected));
    }

    static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    private static Region rule() {
        Region rule = new Region();
        rule.getStyleClass().add("message-day-rule");
        HBox.setHgrow(rule, Priority.ALWAYS);
        return rule;
    }
}
