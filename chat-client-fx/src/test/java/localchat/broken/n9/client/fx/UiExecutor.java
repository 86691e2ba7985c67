package localchat.broken.n9.client.fx;

import javafx.application.Platform;

final class UiExecutor {
    void run(Runnable work) {
        Platform.runLater(work);
    }

    static final class KeepsRunLater {
        void run(Runnable work) {
            Platform.runLater(work);
        }
    }
}
