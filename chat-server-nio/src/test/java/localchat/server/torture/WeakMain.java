package localchat.server.torture;

import java.lang.reflect.Field;
import localchat.server.ServerMain;
import localchat.server.storage.Durability;

/// A server that waits for the disk less than it should: what a power cut takes from it must be
/// seen. The property `durability` names one of [Durability]; all that the server opens is opened
/// with that.
public final class WeakMain {
    private WeakMain() {}

    /// The command line is the server's.
    public static void main(String[] args) throws ReflectiveOperationException {
        Durability wanted = Durability.valueOf(System.getProperty("durability"));
        Field synchronous = Durability.class.getDeclaredField("synchronous");
        synchronous.setAccessible(true);
        synchronous.setInt(Durability.FULL, synchronous.getInt(wanted));
        ServerMain.main(args);
    }
}
