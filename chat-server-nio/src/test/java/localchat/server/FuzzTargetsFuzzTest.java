package localchat.server;

import java.util.List;
import localchat.fuzz.FuzzTargetsContract;
import localchat.server.net.TlsTransportFuzz;
import localchat.server.session.SessionFuzz;

class FuzzTargetsFuzzTest extends FuzzTargetsContract {
    @Override
    protected List<Class<?>> targets() {
        return List.of(SessionFuzz.class, TlsTransportFuzz.class);
    }
}
