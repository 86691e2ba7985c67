package localchat.core.identity;

import java.io.IOException;
import localchat.core.model.Digest32;

/// At a server's address somebody answered with another key than the pinned one, and no succession
/// leads from the one to the other. The connection ends, and nothing was sent on it.
public final class WrongServerKeyException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Digest32 pinned;
    private final transient Digest32 seen;

    WrongServerKeyException(Digest32 pinned, Digest32 seen) {
        super("the server has the key " + seen + ", not " + pinned + " as it should");
        this.pinned = pinned;
        this.seen = seen;
    }

    /// The key it should have.
    public Digest32 pinned() {
        return pinned;
    }

    /// The key it has.
    public Digest32 seen() {
        return seen;
    }
}
