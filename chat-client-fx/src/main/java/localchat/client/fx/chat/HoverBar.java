package localchat.client.fx.chat;

import java.util.function.BiConsumer;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2MZ;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// The buttons over the message below the mouse, and the menu of a message. There is one for the
/// whole list: it moves from row to row.
final class HoverBar {
    private static final double RIGHT = 24;
    private static final double ABOVE = 14;

    private final Texts texts;
    private final MessageActions actions;
    private final HBox root = new HBox();
    private final Button edit;
    private final ContextMenu menu = new ContextMenu();
    private @Nullable MessageCell cell;

    HoverBar(Texts texts, MessageActions actions) {
        this.texts = texts;
        this.actions = actions;
        root.setManaged(false);
        root.setAlignment(Pos.CENTER);
        root.getStyleClass().add("hover-bar");
        for (Reactions.Offered each : Reactions.OFFERED) {
            Button button = button("react", each.icon(), texts.get(each.key()));
            button.getStyleClass().add("reaction-" + each.key().replace("reaction.", ""));
            button.setOnAction(event -> act((row, there) -> actions.react(row, each.emoji())));
            root.getChildren().add(button);
        }
        Button reply = button("reply", Material2MZ.REPLY, texts.get("message.reply"));
        reply.setOnAction(event -> act((row, there) -> actions.reply(row)));
        edit = button("edit", Material2OutlinedAL.EDIT, texts.get("message.edit"));
        edit.setOnAction(event -> act((row, there) -> actions.edit(row)));
        Button more = button("more", Material2OutlinedMZ.MORE_HORIZ, texts.get("message.more"));
        more.setOnAction(event ->
                act((row, there) -> {
                    Bounds bounds = more.localToScreen(more.getLayoutBounds());
                    openMenu(there, bounds.getMinX(), bounds.getMaxY());
                }));
        root.getChildren().addAll(reply, edit, more);
    }

    private static Button button(String styleClass, Ikon icon, String words) {
        Button button = Look.iconButton("", icon, words);
        button.setId(null);
        button.getStyleClass().addAll("small", "hover-" + styleClass);
        button.setFocusTraversable(false);
        return button;
    }

    private void act(BiConsumer<MessageRow, MessageCell> action) {
        MessageCell there = cell;
        MessageRow row = there == null ? null : there.row();
        if (there != null && row != null) {
            action.accept(row, there);
        }
    }

    /// The mouse is over this row.
    void enter(MessageCell next) {
        MessageRow row = next.row();
        if (row == null || !row.isOpen()) {
            return;
        }
        cell = next;
        MessageCell.show(edit, row.isOwnOpen());
        root.setManaged(false);
        if (!next.box().getChildren().contains(root)) {
            next.box().getChildren().add(root);
        }
        place(next);
    }

    /// The mouse is no longer over this row.
    void leave(MessageCell last) {
        if (cell == last && !menu.isShowing()) {
            cell = null;
            last.box().getChildren().remove(root);
        }
    }

    private void place(MessageCell there) {
        root.applyCss();
        double width = root.prefWidth(Region.USE_COMPUTED_SIZE);
        double height = root.prefHeight(width);
        double y = there.hoverPlace().getBoundsInParent().getMinY() - ABOVE;
        root.resizeRelocate(
                Math.max(0, there.box().getWidth() - width - RIGHT),
                Math.max(-ABOVE, y),
                width,
                height);
    }

    /// Opens the menu of a row.
    void openMenu(MessageCell there, double screenX, double screenY) {
        MessageRow row = there.row();
        if (row == null) {
            return;
        }
        fill(there, row);
        if (!menu.getItems().isEmpty()) {
            menu.show(there.getNode(), screenX, screenY);
        }
    }

    /// Puts the menu away.
    void close() {
        menu.hide();
    }

    private void fill(MessageCell there, MessageRow row) {
        menu.getItems().clear();
        if (row.isOpen()) {
            menu.getItems().add(reactions(row));
            add("message.reply", Material2MZ.REPLY, "menu-reply", () -> actions.reply(row));
            row.said()
                    .flatMap(MessageRow.Content.Said::quote)
                    .ifPresent(quote ->
                            add(
                                    "message.toQuote",
                                    Material2OutlinedAL.FORMAT_QUOTE,
                                    "menu-quote",
                                    () -> actions.jumpTo(quote.seq())));
        }
        if (row.said().isPresent()) {
            add("message.copy", Material2OutlinedAL.CONTENT_COPY, "menu-copy", there::copy);
        }
        if (row.isOwnOpen()) {
            add("message.edit", Material2OutlinedAL.EDIT, "menu-edit", () -> actions.edit(row));
            menu.getItems().add(new SeparatorMenuItem());
            add(
                    "message.delete",
                    Material2OutlinedAL.DELETE,
                    "menu-delete",
                    () -> actions.askToDelete(row));
        }
        if (row.delivery() instanceof Delivery.Failed) {
            add(
                    "message.retry",
                    Material2OutlinedMZ.REFRESH,
                    "menu-retry",
                    () -> actions.retry(row));
        }
        if (row.isUnsent()) {
            add(
                    "message.discard",
                    Material2OutlinedAL.DELETE,
                    "menu-discard",
                    () -> actions.discard(row));
        }
    }

    private Menu reactions(MessageRow row) {
        Menu react = new Menu(texts.get("message.react"), new FontIcon(Material2OutlinedMZ.MOOD));
        react.setId("menu-react");
        for (Reactions.Offered each : Reactions.OFFERED) {
            MenuItem item = new MenuItem(texts.get(each.key()), new FontIcon(each.icon()));
            item.setId("menu-" + each.key());
            item.setOnAction(event -> actions.react(row, each.emoji()));
            react.getItems().add(item);
        }
        return react;
    }

    private void add(String key, Ikon icon, String id, Runnable action) {
        MenuItem item = new MenuItem(texts.get(key), new FontIcon(icon));
        item.setId(id);
        item.setOnAction(event -> action.run());
        menu.getItems().add(item);
    }
}
