package localchat.broken.n9.client.fx;

import javafx.scene.Node;

record BreaksBySceneViewModel(Node node) {}
