package localchat.broken.n9.client.fx;

import java.util.function.Consumer;
import javafx.application.Platform;

final class BreaksByRunLater {
    Consumer<Runnable> later() {
        return Platform::runLater;
    }
}
