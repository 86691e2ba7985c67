package localchat.broken.n9.client.fx;

import javafx.stage.Stage;

record BreaksByStageViewModel(Stage stage) {}
