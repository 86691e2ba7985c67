package localchat.core;

import java.util.List;
import localchat.core.identity.JoinLinkFuzz;
import localchat.core.identity.KnownServersFuzz;
import localchat.core.identity.ServerKeyFuzz;
import localchat.core.model.NamesFuzz;
import localchat.core.model.ServerAddressFuzz;
import localchat.core.protocol.FrameReaderFuzz;
import localchat.core.protocol.WireDecodingFuzz;
import localchat.fuzz.FuzzTargetsContract;

class FuzzTargetsFuzzTest extends FuzzTargetsContract {
    @Override
    protected List<Class<?>> targets() {
        return List.of(
                FrameReaderFuzz.class,
                WireDecodingFuzz.class,
                NamesFuzz.class,
                ServerAddressFuzz.class,
                JoinLinkFuzz.class,
                KnownServersFuzz.class,
                ServerKeyFuzz.class);
    }
}
