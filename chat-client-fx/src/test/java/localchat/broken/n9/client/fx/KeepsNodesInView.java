package localchat.broken.n9.client.fx;

import javafx.scene.Node;

record KeepsNodesInView(Node node) {}
