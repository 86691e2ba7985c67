package localchat.client.fx.chat;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import localchat.core.model.MessageId;
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

    /// So near to an edge further messages are asked for, in rows. Reason: they come before they
    /// are missed.
    private static final int EDGE_ROWS = 10;

    /// So far a row may be from where it was read before it is put back, in pixels.
    private static final double READ_SLACK = 0.5;

    /// Most times in a row that one layout is corrected. Reason: a row whose height never settles
    /// must not keep the window busy.
    private static final int CORRECTIONS_MAX = 5;

    private final StackPane root = new StackPane();
    private final Supplier<MessageCell> cells;
    private final Listener listener;
    private final RowCursor cursor;
    private final ReadOnlyBooleanWrapper pinned = new ReadOnlyBooleanWrapper(this, "pinned", true);
    private final ListChangeListener<MessageRow> rowsListener = change -> rowsChanged();
    private final Runnable afterLayout = this::afterLayout;
    private final Subscription sceneSubscription;

    private ObservableList<MessageRow> rows = FXCollections.observableArrayList();
    private @Nullable VirtualFlow<MessageRow, MessageCell> flow;
    private Subscription flowSubscription = Subscription.EMPTY;
    private int corrections;
    private boolean endOpen;

    /// Where one reads: a row and how far below the top it stands. Empty after one moved.
    private Optional<Place> place = Optional.empty();

    /// A row to go to and the part of the height where it is to stand; empty once it was gone to.
    private Optional<Place> target = Optional.empty();

    private boolean rowsChanged;
    private int flashing = -1;

    private record Place(MessageId id, double y) {}

    /// An empty list.
    FlowMessageList(Supplier<MessageCell> cells, Listener listener, RowCursor.Keys keys) {
        this.cells = cells;
        this.listener = listener;
        cursor = new RowCursor(root, keys);
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
        place = Optional.empty();
        target = Optional.empty();
        cursor.clear();
        flashing = -1;
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
    public void setEndOpen(boolean open) {
        endOpen = open;
        if (open) {
            pinned.set(false);
        }
    }

    @Override
    public Optional<Spot> spot() {
        Spot found = null;
        if (flow != null && !pinned.get() && flow.getHeight() > 0) {
            for (int i = flow.getFirstVisibleIndex(); i <= flow.getLastVisibleIndex(); i++) {
                Optional<MessageCell> cell = i < 0 ? Optional.empty() : flow.getCellIfVisible(i);
                if (cell.isPresent()) {
                    double top = bounds(flow, cell.get()).getMinY();
                    found = new Spot(rows.get(i).id(), top / flow.getHeight());
                    if (top >= 0) {
                        break;
                    }
                }
            }
        }
        return Optional.ofNullable(found);
    }

    @Override
    public void scrollToEnd() {
        moved();
        pinned.set(!endOpen);
        follow();
        if (endOpen && flow != null && !rows.isEmpty()) {
            flow.showAsLast(rows.size() - 1);
        }
    }

    @Override
    public void scrollTo(int index, double height) {
        if (flow != null && index < rows.size()) {
            moved();
            pinned.set(false);
            target = Optional.of(new Place(rows.get(index).id(), height));
            maybeGo(flow);
        }
    }

    /// Goes where the list was sent, as soon as it has a height.
    private void maybeGo(VirtualFlow<MessageRow, MessageCell> shown) {
        if (target.isEmpty() || shown.getHeight() <= 0) {
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id().equals(target.get().id())) {
                shown.showAtOffset(i, Math.rint(target.get().y() * shown.getHeight()));
            }
        }
        target = Optional.empty();
    }

    @Override
    public void refresh() {
        if (flow != null) {
            for (MessageCell cell : flow.visibleCells()) {
                MessageRow row = cell.row();
                if (row != null) {
                    cell.updateItem(row);
                }
            }
        }
    }

    @Override
    public void flash(int index) {
        flashing = index;
        root.requestLayout();
    }

    @Override
    public void scrollScreens(double screens) {
        if (flow != null) {
            if (screens < 0) {
                pinned.set(false);
            }
            moved();
            flow.scrollYBy(screens * flow.getHeight());
        }
    }

    private void moved() {
        place = Optional.empty();
        listener.onScrolled();
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

    private void rowsChanged() {
        rowsChanged = true;
        follow();
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
        if (target.isPresent()) {
            maybeGo(flow);
            root.layout();
        }
        if (rowsChanged) {
            rowsChanged = false;
            stay(flow);
        }
        if (isEndInSight(flow)) {
            corrections = 0;
            pinned.set(!endOpen);
        } else if (pinned.get() && corrections < CORRECTIONS_MAX) {
            corrections++;
            flow.showAsLast(rows.size() - 1);
        }
        place = pinned.get() ? Optional.empty() : read(flow);
        cursor.show(flow.visibleCells());
        maybeFlash(flow);
        if (flow.getFirstVisibleIndex() < EDGE_ROWS) {
            listener.onNearTop();
        }
        if (endOpen && flow.getLastVisibleIndex() >= rows.size() - EDGE_ROWS) {
            listener.onNearEnd();
        }
    }

    /// The first row whose words begin in sight, or the one that fills the list. Words, and not the
    /// row: a day or the unread line may come to stand in it, or go.
    private Optional<Place> read(VirtualFlow<MessageRow, MessageCell> shown) {
        Place found = null;
        for (int i = shown.getFirstVisibleIndex(); i <= shown.getLastVisibleIndex(); i++) {
            Optional<MessageCell> cell = i < 0 ? Optional.empty() : shown.getCellIfVisible(i);
            if (cell.isPresent()) {
                found = new Place(rows.get(i).id(), wordsY(shown, cell.get()));
                if (found.y() >= 0) {
                    break;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    /// Puts the row that was read back where it was, before anything is painted.
    private void stay(VirtualFlow<MessageRow, MessageCell> shown) {
        if (place.isEmpty() || pinned.get()) {
            return;
        }
        for (int i = shown.getFirstVisibleIndex(); i <= shown.getLastVisibleIndex(); i++) {
            if (i >= 0 && rows.get(i).id().equals(place.get().id())) {
                double wanted = place.get().y();
                shown.getCellIfVisible(i)
                        .map(cell -> wordsY(shown, cell) - wanted)
                        .filter(off -> Math.abs(off) > READ_SLACK)
                        .ifPresent(off -> {
                            shown.scrollYBy(off);
                            root.layout();
                        });
                return;
            }
        }
    }

    private void maybeFlash(VirtualFlow<MessageRow, MessageCell> shown) {
        if (flashing >= 0 && flashing < rows.size()) {
            shown.getCellIfVisible(flashing)
                    .ifPresent(cell -> {
                        flashing = -1;
                        cell.flash();
                    });
        }
    }

    private boolean isEndInSight(VirtualFlow<MessageRow, MessageCell> shown) {
        return shown.getCellIfVisible(rows.size() - 1)
                .map(cell -> bounds(shown, cell).getMaxY() <= shown.getHeight() + END_SLACK)
                .orElse(false);
    }

    private static double wordsY(VirtualFlow<MessageRow, MessageCell> shown, MessageCell cell) {
        Node words = cell.words();
        return shown.sceneToLocal(words.localToScene(words.getLayoutBounds())).getMinY();
    }

    private static Bounds bounds(VirtualFlow<MessageRow, MessageCell> shown, MessageCell cell) {
        return shown.cellToViewport(cell, cell.getNode().getLayoutBounds());
    }

    private void scrolled(ScrollEvent event) {
        moved();
        if (event.getDeltaY() > 0) {
            pinned.set(false);
        }
    }

    private void pressed(MouseEvent event) {
        if (event.getTarget() instanceof Node node && isInScrollBar(node)) {
            moved();
            pinned.set(false);
        }
    }

    private static boolean isInScrollBar(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each instanceof ScrollBar) {
                return true;
            }
        }
        return false;
    }

    private void keyPressed(KeyEvent event) {
        boolean handled = true;
        switch (event.getCode()) {
            case UP -> step(-1);
            case DOWN -> step(1);
            case PAGE_UP -> scrollScreens(-0.9);
            case PAGE_DOWN -> scrollScreens(0.9);
            case HOME -> showFirst();
            case END -> scrollToEnd();
            default -> handled = flow != null && cursor.keyPressed(event, flow.visibleCells());
        }
        if (handled) {
            event.consume();
        }
    }

    /// Moves the cursor to the next row and keeps it in sight.
    private void step(int rowsDown) {
        if (flow == null || rows.isEmpty()) {
            return;
        }
        int last = Math.max(0, flow.getLastVisibleIndex());
        int at = cursor.indexIn(rows, Math.min(last + (rowsDown < 0 ? 1 : 0), rows.size()));
        int next = Math.clamp(at + rowsDown, 0, rows.size() - 1);
        cursor.moveTo(rows.get(next));
        boolean below = next >= flow.getLastVisibleIndex();
        boolean above = next <= flow.getFirstVisibleIndex();
        moved();
        if (above && rowsDown < 0) {
            pinned.set(false);
            flow.showAsFirst(next);
        } else if (below && rowsDown > 0) {
            flow.showAsLast(next);
        }
        root.requestLayout();
    }

    private void showFirst() {
        if (flow != null && !rows.isEmpty()) {
            moved();
            pinned.set(false);
            cursor.moveTo(rows.getFirst());
            flow.showAsFirst(0);
        }
    }
}
