package localchat.client.fx.chat;

import atlantafx.base.controls.SelectableTextFlow;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.i18n.TimeWords;
import localchat.client.fx.look.Avatar;
import org.fxmisc.flowless.Cell;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// One message in the list. Used again for other messages; it binds to nothing, [#updateItem] sets
/// everything.
final class MessageCell implements Cell<MessageRow, Node> {
    /// What a cell's buttons do.
    interface Actions {
        void retry(MessageRow row);

        void discard(MessageRow row);
    }

    private static final PseudoClass OWN = PseudoClass.getPseudoClass("own");
    private static final PseudoClass PENDING = PseudoClass.getPseudoClass("pending");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass ACTION = PseudoClass.getPseudoClass("action");
    private static final PseudoClass GROUP = PseudoClass.getPseudoClass("group");
    private static final double AVATAR_SIZE = 38;

    private final Texts texts;
    private final TimeWords times;
    private final Actions actions;

    private final VBox root = new VBox();
    private final Label day = new Label();
    private final HBox dayLine = new HBox(12, rule(), day, rule());
    private final Avatar avatar = new Avatar(AVATAR_SIZE);
    private final Label gutterTime = new Label();
    private final Label author = new Label();
    private final Label time = new Label();
    private final HBox header = new HBox(8, author, time);
    private final Text text = new Text();
    private final SelectableTextFlow flow = new SelectableTextFlow();
    private final FontIcon clock = new FontIcon(Material2OutlinedMZ.SCHEDULE);
    private final Label waiting = new Label();
    private final Label failure = new Label();
    private final Button retry = new Button();
    private final Button discard = new Button();
    private final HBox failureLine = new HBox(8, failure, retry, discard);
    private final Tooltip fullTime = new Tooltip();
    private @Nullable MessageRow row;

    MessageCell(Texts texts, TimeWords times, Actions actions) {
        this.texts = texts;
        this.times = times;
        this.actions = actions;
        root.getStyleClass().add("message");
        root.setAccessibleRole(AccessibleRole.TEXT);
        dayLine.getStyleClass().add("message-day");
        dayLine.setAlignment(Pos.CENTER);
        author.getStyleClass().add("message-author");
        time.getStyleClass().add("message-time");
        gutterTime.getStyleClass().add("message-time");
        header.setAlignment(Pos.BASELINE_LEFT);
        text.getStyleClass().add("message-text");
        buildText();
        buildFailure();
        Tooltip.install(time, fullTime);
        Tooltip.install(gutterTime, fullTime);
        root.getChildren().addAll(dayLine, body());
    }

    private Node body() {
        StackPane gutter = new StackPane(avatar, gutterTime);
        gutter.getStyleClass().add("message-gutter");
        gutter.setAlignment(Pos.TOP_RIGHT);
        StackPane bubble = new StackPane(flow);
        bubble.getStyleClass().add("message-bubble");
        bubble.setAlignment(Pos.TOP_LEFT);
        waiting.setText(texts.get("message.waiting"));
        waiting.setGraphic(clock);
        waiting.getStyleClass().add("message-waiting");
        waiting.setMinWidth(Region.USE_PREF_SIZE);
        HBox bubbleLine = new HBox(8, bubble, waiting);
        bubbleLine.setAlignment(Pos.BOTTOM_LEFT);
        VBox content = new VBox(3, header, bubbleLine, failureLine);
        content.getStyleClass().add("message-content");
        HBox.setHgrow(content, Priority.ALWAYS);
        HBox body = new HBox(12, gutter, content);
        body.getStyleClass().add("message-body");
        return body;
    }

    private void buildText() {
        flow.setText(text);
        flow.setFocusTraversable(false);
        // Its own default is 0, which breaks the text after each letter.
        flow.setPrefWidth(Region.USE_COMPUTED_SIZE);
        MenuItem copy =
                new MenuItem(
                        texts.get("message.copy"), new FontIcon(Material2OutlinedAL.CONTENT_COPY));
        copy.setOnAction(event -> copy());
        flow.setContextMenu(new ContextMenu(copy));
    }

    private void buildFailure() {
        failure.getStyleClass().add("message-failure");
        failure.setGraphic(new FontIcon(Material2OutlinedAL.ERROR_OUTLINE));
        failure.setWrapText(true);
        failure.setMinHeight(Region.USE_PREF_SIZE);
        retry.setText(texts.get("message.retry"));
        retry.setOnAction(event -> withRow(actions::retry));
        discard.setText(texts.get("message.discard"));
        discard.setOnAction(event -> withRow(actions::discard));
        for (Button button : new Button[] {retry, discard}) {
            button.getStyleClass().addAll("small", "flat");
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        retry.getStyleClass().addAll("accent", "message-retry");
        discard.getStyleClass().add("message-discard");
        failureLine.setAlignment(Pos.CENTER_LEFT);
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
        flow.clearSelection();
    }

    @Override
    public void updateItem(MessageRow next) {
        row = next;
        boolean startsGroup = next.placement().startsGroup();
        Author writer = next.author();
        String clockTime = times.time(next.timeMillis());
        root.pseudoClassStateChanged(OWN, writer.self());
        root.pseudoClassStateChanged(ACTION, next.action());
        root.pseudoClassStateChanged(GROUP, startsGroup);
        show(dayLine, next.placement().startsDay());
        day.setText(next.placement().startsDay() ? times.day(next.timeMillis()) : "");
        show(avatar, startsGroup);
        avatar.setName(writer.name());
        show(gutterTime, !startsGroup);
        gutterTime.setText(clockTime);
        show(header, startsGroup);
        author.setText(writer.self() ? texts.get("message.self", writer.name()) : writer.name());
        time.setText(clockTime);
        fullTime.setText(times.full(next.timeMillis()));
        text.setText(next.action() ? "∗ " + writer.name() + " " + next.text() : next.text());
        flow.setText(text);
        updateDelivery(next.delivery());
        root.setAccessibleText(writer.name() + ", " + clockTime + ": " + next.text());
    }

    private void updateDelivery(Delivery delivery) {
        show(waiting, delivery instanceof Delivery.Waiting);
        root.pseudoClassStateChanged(
                PENDING, delivery instanceof Delivery.Waiting || delivery instanceof Delivery.Sent);
        root.pseudoClassStateChanged(FAILED, delivery instanceof Delivery.Failed);
        show(failureLine, delivery instanceof Delivery.Failed);
        failure.setText(
                delivery instanceof Delivery.Failed(var code, var words)
                        ? texts.get("message.failed", texts.get(Refusals.of(code, words)))
                        : "");
    }

    private void copy() {
        String selected = flow.getSelectedRangeAsString();
        String whole = row == null ? "" : row.text();
        Clipboard.getSystemClipboard()
                .setContent(
                        java.util.Map.of(
                                DataFormat.PLAIN_TEXT,
                                selected == null || selected.isEmpty() ? whole : selected));
    }

    private void withRow(java.util.function.Consumer<MessageRow> action) {
        if (row != null) {
            action.accept(row);
        }
    }

    private static void show(Node node, boolean visible) {
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
