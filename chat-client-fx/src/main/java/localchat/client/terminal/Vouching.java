package localchat.client.terminal;

import java.io.IOException;
import java.util.Optional;
import localchat.core.client.ChatSession;
import localchat.core.client.SessionEvent.ServerKeyShown;
import localchat.core.identity.KeyWords;

/// Whether the server is the one that is meant, as far as a person can say. Belongs to the owning
/// thread.
final class Vouching {
    private final ChatSession session;
    private final Announcer announcer;
    private Optional<ServerKeyShown> shown = Optional.empty();

    Vouching(ChatSession session, Announcer announcer) {
        this.session = session;
        this.announcer = announcer;
    }

    /// The server has shown its key. What changed is told: that nobody vouches for it, once, and
    /// that the person has.
    void onKey(ServerKeyShown now) throws IOException {
        boolean isFirst = shown.isEmpty();
        boolean isSame = shown.isPresent() && shown.get().key().equals(now.key());
        boolean wasVerified = isSame && shown.get().verified();
        shown = Optional.of(now);
        if (isSame ? now.verified() != wasVerified : !now.verified() || !isFirst) {
            tell();
        }
    }

    /// Shows the words to compare, and whether somebody has.
    void tell() throws IOException {
        if (shown.isEmpty()) {
            announcer.warning(Text.NO_KEY);
            return;
        }
        String words = String.join(" ", KeyWords.of(shown.get().key()));
        if (shown.get().verified()) {
            announcer.note(Text.VERIFIED, words);
        } else {
            announcer.warning(Text.UNVERIFIED, words);
        }
    }

    /// The person has compared the words.
    void verify() throws IOException {
        if (shown.isPresent() && !shown.get().verified()) {
            session.vouch();
        } else {
            tell();
        }
    }
}
