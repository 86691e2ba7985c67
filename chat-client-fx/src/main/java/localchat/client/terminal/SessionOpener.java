package localchat.client.terminal;

import localchat.core.client.ChatSession;
import localchat.core.client.SessionListener;

/// Makes the session that a mode talks through, not yet started.
@FunctionalInterface
interface SessionOpener {
    /// A session that tells this listener.
    ChatSession open(SessionListener listener);
}
