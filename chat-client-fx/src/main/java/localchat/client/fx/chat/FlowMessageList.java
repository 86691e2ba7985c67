package localchat.client.fx.chat;

import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.fxmisc.flowless.VirtualFlow;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.jspecify.annotations.Nullable;

/// The message list over Flowless, which keeps the pixel where one reads when rows are put before
/// it; JavaFX's own ListView does not, and cuts off the last row now and then.
///
/// It is *pinned* while the end is in sight. Only the person unpins it, by going up; whatever else
/// moves the end away (new rows, growing rows, another window size) makes it follow.
final class FlowMessageList implements MessageList {
    /// So near to the end counts as at the end, in pixels. Reason: positions are rounded to whole
    /// pixels.
    private static final double END_SLACK = 2;

    /// So near to the beginning older messages are asked for, in rows. Reason: they come before
    /// they are missed.
    private static final int TOP_ROWS = 10;

    /// Most times in a row that one layout is corrected. Reason: a row whose height never settles
    /// must not keep the window busy.
    private static final int CORRECTIONS_MAX = 5;

    private final StackPane root = new StackPane();
    private final Supplier<MessageCell> cells;
    private final Runnable onTop;
    private final ReadOnlyBooleanWrapper pinned = new ReadOnlyBooleanWrapper(this, "pinned", true);
    private final ListChangeListener<MessageRow> rowsListener = change -> follow();
    private final Runnable afterLayout = this::afterLayout;
    private final Subscription sceneSubscription;

    private ObservableList<MessageRow> rows = FXCollections.observableArrayList();
    private @Nullable VirtualFlow<MessageRow, MessageCell> flow;
    private Subscription flowSubscription = Subscription.EMPTY;
    private int corrections;

    /// An empty list.
    ///
    /// @param onTop called often while the beginning is near
    FlowMessageList(Supplier<MessageCell> cells, Runnable onTop) {
        this.cells = cells;
        this.onTop = onTop;
        root.setId("messages");
        root.getStyleClass().add("messages");
        root.setFocusTraversable(true);
        root.setAccessibleRole(AccessibleRole.PARENT);
        root.setMinHeight(0);
        root.addEventFilter(ScrollEvent.SCROLL, this::scrolled);
        root.addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        sceneSubscription = root.sceneProperty().subscribe(this::sceneChanged);
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public ReadOnlyBooleanProperty pinnedProperty() {
        return pinned.getReadOnlyProperty();
    }

    @Override
    public void show(ObservableList<MessageRow> next) {
        release();
        rows = next;
        VirtualFlow<MessageRow, MessageCell> made =
                VirtualFlow.createVertical(
                        next,
                        row -> {
                            MessageCell cell = cells.get();
                            cell.updateItem(row);
                            return cell;
                        });
        flow = made;
        VirtualizedScrollPane<VirtualFlow<MessageRow, MessageCell>> pane =
                new VirtualizedScrollPane<>(made);
        root.getChildren().setAll(pane);
        next.addListener(rowsListener);
        flowSubscription =
                Subscription.combine(
                        made.heightProperty().subscribe(height -> follow()),
                        made.widthProperty().subscribe(width -> follow()),
                        () -> next.removeListener(rowsListener));
        scrollToEnd();
    }

    @Override
    public void scrollToEnd() {
        pinned.set(true);
        follow();
    }

    @Override
    public void scrollScreens(double screens) {
        if (flow != null) {
            if (screens < 0) {
                pinned.set(false);
            }
            flow.scrollYBy(screens * flow.getHeight());
        }
    }

    @Override
    public void detach() {
        release();
        sceneChanged(root.getScene(), null);
        sceneSubscription.unsubscribe();
    }

    private void release() {
        flowSubscription.unsubscribe();
        flowSubscription = Subscription.EMPTY;
        root.getChildren().clear();
        if (flow != null) {
            flow.dispose();
            flow = null;
        }
    }

    private void sceneChanged(@Nullable Scene before, @Nullable Scene now) {
        if (before != null) {
            before.removePostLayoutPulseListener(afterLayout);
        }
        if (now != null) {
            now.addPostLayoutPulseListener(afterLayout);
        }
    }

    private void follow() {
        corrections = 0;
        if (flow != null && pinned.get() && !rows.isEmpty()) {
            flow.showAsLast(rows.size() - 1);
        }
    }

    private void afterLayout() {
        if (flow == null || rows.isEmpty()) {
            return;
        }
        if (isEndInSight(flow)) {
            corrections = 0;
            pinned.set(true);
        } else if (pinned.get() && corrections < CORRECTIONS_MAX) {
            corrections++;
            flow.showAsLast(rows.size() - 1);
        }
        if (flow.getFirstVisibleIndex() < TOP_ROWS) {
            onTop.run();
        }
    }

    private boolean isEndInSight(VirtualFlow<MessageRow, MessageCell> shown) {
        return shown.getCellIfVisible(rows.size() - 1)
                .map(cell -> bounds(shown, cell).getMaxY() <= shown.getHeight() + END_SLACK)
                .orElse(false);
    }

    private static Bounds bounds(VirtualFlow<MessageRow, MessageCell> shown, MessageCell cell) {
        return shown.cellToViewport(cell, cell.getNode().getLayoutBounds());
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaY() > 0) {
            pinned.set(false);
        }
    }

    private void pressed(MouseEvent event) {
        if (event.getTarget() instanceof javafx.scene.Node node && isInScrollBar(node)) {
            pinned.set(false);
        }
    }

    private static boolean isInScrollBar(javafx.scene.Node node) {
        for (javafx.scene.Node each = node; each != null; each = each.getParent()) {
            if (each instanceof ScrollBar) {
                return true;
            }
        }
        return false;
    }

    private void keyPressed(KeyEvent event) {
        double line = flow == null || flow.getHeight() == 0 ? 0 : 40 / flow.getHeight();
        switch (event.getCode()) {
            case UP -> scrollScreens(-line);
            case DOWN -> scrollScreens(line);
            case PAGE_UP -> scrollScreens(-0.9);
            case PAGE_DOWN -> scrollScreens(0.9);
            case HOME -> showFirst();
            case END -> scrollToEnd();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void showFirst() {
        if (flow != null && !rows.isEmpty()) {
            pinned.set(false);
            flow.showAsFirst(0);
        }
    }
}
