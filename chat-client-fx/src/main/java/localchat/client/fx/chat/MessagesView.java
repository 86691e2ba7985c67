package localchat.client.fx.chat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.i18n.TimeWords;
import localchat.core.model.MessageId;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;

/// The messages of the room that is shown, with what floats above them: that more are being loaded,
/// and the way to the newest.
final class MessagesView {
    /// Where the unread line stands after a room was opened, as a part of the height. Reason: a
    /// little of what was read shows what the new answers.
    private static final double UNREAD_HEIGHT = 0.18;

    private static final double JUMP_HEIGHT = 0.3;

    private final ChatViewModel model;
    private final Texts texts;
    private final MessageActions actions;
    private final HoverBar hover;
    private final FlowMessageList list;
    private final Button toEnd = new Button();
    private final Label older = new Label();
    private final Label newer = new Label();
    private final Label empty = new Label();
    private final StackPane root = new StackPane();
    private Optional<RoomModel> shown = Optional.empty();

    /// Whether the list does not say yet what the person sees: no room is shown, or one is about to
    /// be and may open elsewhere than at its end.
    private boolean settling = true;

    private Subscription subscription = Subscription.EMPTY;
    private Subscription roomSubscription = Subscription.EMPTY;

    MessagesView(ChatViewModel model, Texts texts, MessageActions actions) {
        this.model = model;
        this.texts = texts;
        this.actions = actions;
        hover = new HoverBar(texts, actions);
        TimeWords times = new TimeWords(texts, model.clock());
        list =
                new FlowMessageList(
                        () -> new MessageCell(texts, times, actions, hover),
                        new ListListener(),
                        this::keyPressed);
        list.root().setAccessibleText(texts.get("messages.title"));
        toEnd.setId("jump-to-latest");
        toEnd.setGraphic(new FontIcon(Material2AL.ARROW_DOWNWARD));
        toEnd.getStyleClass().add("to-end");
        toEnd.setOnAction(event -> model.reading().jumpToLatest());
        prepare(older, "loading-older", "messages.loadingOlder");
        prepare(newer, "loading-newer", "messages.loadingNewer");
        empty.setId("no-room");
        empty.setText(texts.get("messages.noRoom"));
        empty.getStyleClass().add("no-room");
        empty.setWrapText(true);
        root.getChildren().addAll(list.root(), empty, older, newer, toEnd);
        StackPane.setAlignment(toEnd, Pos.BOTTOM_CENTER);
        StackPane.setAlignment(older, Pos.TOP_CENTER);
        StackPane.setAlignment(newer, Pos.BOTTOM_CENTER);
    }

    private void prepare(Label label, String id, String key) {
        label.setId(id);
        label.setText(texts.get(key));
        label.getStyleClass().add("loading");
        label.setMouseTransparent(true);
        label.setVisible(false);
    }

    Region root() {
        return root;
    }

    /// Where the focus goes when the messages are wanted.
    Node focusTarget() {
        return list.root();
    }

    void attach() {
        subscription =
                Subscription.combine(
                        list.pinnedProperty().subscribe(pinned -> pinnedChanged()),
                        model.todayProperty().subscribe(day -> list.refresh()),
                        list.root()
                                .focusedProperty()
                                .subscribe(has -> list.root().requestLayout()));
    }

    void detach() {
        subscription.unsubscribe();
        roomSubscription.unsubscribe();
        // Another scene in another language goes on there.
        shown.ifPresent(room ->
                list.spot()
                        .ifPresent(spot -> room.jumpTo(new Jump.Back(spot.id(), spot.height()))));
        hover.close();
        list.detach();
    }

    void scrollScreens(double screens) {
        list.scrollScreens(screens);
    }

    /// No room is shown.
    void showNothing() {
        roomSubscription.unsubscribe();
        roomSubscription = Subscription.EMPTY;
        shown = Optional.empty();
        settling = true;
        empty.setVisible(true);
        list.root().setVisible(false);
        older.setVisible(false);
        newer.setVisible(false);
        toEnd.setVisible(false);
    }

    void show(RoomModel room) {
        roomSubscription.unsubscribe();
        shown = Optional.of(room);
        settling = true;
        empty.setVisible(false);
        list.root().setVisible(true);
        list.setEndOpen(room.timeline().moreAfterProperty().get());
        list.show(room.timeline().rows());
        roomSubscription =
                Subscription.combine(
                        room.timeline()
                                .moreAfterProperty()
                                .subscribe(open -> {
                                    list.setEndOpen(open);
                                    pinnedChanged();
                                }),
                        room.jumpProperty()
                                .subscribe(place -> place.ifPresent(jump -> go(room, jump))),
                        room.loadingOlderProperty().subscribe(older::setVisible),
                        room.loadingNewerProperty().subscribe(newer::setVisible),
                        room.unreadProperty().subscribe(count -> showCount(count.intValue())));
        settling = false;
        pinnedChanged();
    }

    private void pinnedChanged() {
        boolean pinned = list.pinnedProperty().get();
        toEnd.setVisible(!pinned && list.root().isVisible());
        if (!settling) {
            model.reading().setAtEnd(pinned);
        }
    }

    private void showCount(int unread) {
        toEnd.setText(
                unread == 0
                        ? texts.get("messages.toEnd")
                        : texts.count("messages.newBelow", unread));
    }

    private void go(RoomModel room, Jump jump) {
        switch (jump) {
            case Jump.ToEnd _ -> list.scrollToEnd();
            case Jump.Back(MessageId id, double height) -> scrollTo(room, id, height);
            case Jump.ToUnread(long seq) -> scrollTo(room, seq, UNREAD_HEIGHT);
            case Jump.ToDay(long seq) -> scrollTo(room, seq, 0);
            case Jump.ToMessage(long seq) -> {
                scrollTo(room, seq, JUMP_HEIGHT);
                room.timeline().indexOf(seq).ifPresent(list::flash);
            }
        }
        pinnedChanged();
        room.jumped();
    }

    private void scrollTo(RoomModel room, long seq, double height) {
        OptionalInt index = room.timeline().indexOf(seq);
        index.ifPresent(at -> list.scrollTo(at, height));
    }

    private void scrollTo(RoomModel room, MessageId id, double height) {
        List<MessageRow> rows = room.timeline().rows();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id().equals(id)) {
                list.scrollTo(i, height);
                return;
            }
        }
    }

    /// Keys on the row that the keyboard is on.
    private boolean keyPressed(KeyEvent event, MessageCell cell, MessageRow row) {
        if (event.isShortcutDown()) {
            boolean copies = event.getCode() == javafx.scene.input.KeyCode.C;
            if (copies) {
                cell.copy();
            }
            return copies;
        }
        switch (event.getCode()) {
            case ENTER, SPACE, CONTEXT_MENU -> {
                Bounds place = cell.getNode().localToScreen(cell.getNode().getLayoutBounds());
                hover.openMenu(cell, place.getMinX() + place.getWidth() / 3, place.getCenterY());
            }
            case R -> actions.reply(row);
            case E -> actions.edit(row);
            case DELETE, BACK_SPACE -> actions.askToDelete(row);
            default -> {
                return false;
            }
        }
        return true;
    }

    private final class ListListener implements MessageList.Listener {
        @Override
        public void onNearTop() {
            model.reading().loadOlder();
        }

        @Override
        public void onNearEnd() {
            model.reading().loadNewer();
        }

        @Override
        public void onScrolled() {
            model.reading().scrolled();
        }
    }
}
