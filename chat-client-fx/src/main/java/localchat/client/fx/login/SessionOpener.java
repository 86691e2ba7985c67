package localchat.client.fx.login;

import java.io.IOException;
import localchat.core.client.ChatSession;
import localchat.core.client.SessionListener;
import localchat.core.model.UserName;

/// Makes the session for a login. Called on a background thread: it may read and write files.
@FunctionalInterface
public interface SessionOpener {
    /// A session for this person there, not yet started.
    ///
    /// @throws IOException when the person's profile cannot be opened
    ChatSession open(Destination destination, UserName name, SessionListener listener)
            throws IOException;
}
