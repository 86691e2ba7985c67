package localchat.server.torture;

import localchat.server.ServerMain;
import localchat.server.storage.TorturePoints;

/// A server that ends, as if killed, at the moment that the property `point` names, when it is
/// reached for the time that the property `hit` gives.
public final class PointMain {
    private PointMain() {}

    /// The command line is the server's.
    public static void main(String[] args) {
        TorturePoints.endAt(System.getProperty("point"), Integer.getInteger("hit", 1));
        ServerMain.main(args);
    }
}
