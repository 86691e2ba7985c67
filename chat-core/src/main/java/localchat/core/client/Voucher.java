package localchat.core.client;

import java.io.IOException;
import localchat.core.client.SecuredSocket.ServerProof;
import localchat.core.model.ErrorCode;

/// Remembers that a person has compared the words of a server's key.
final class Voucher {
    private Voucher() {}

    /// Remembers it for the key that the server has proved, and tells. Runs on the session thread.
    static void vouch(ServerTrust trust, ServerProof proof, Ear ear) {
        if (!(proof instanceof ServerProof.Key key)) {
            return;
        }
        try {
            trust.vouch(key.hash());
            ear.tell(new SessionEvent.ServerKeyShown(key.hash(), true, false));
        } catch (IOException e) {
            ear.tell(
                    new SessionEvent.ErrorReported(
                            ErrorCode.STORAGE_FAILED, String.valueOf(e.getMessage())));
        }
    }
}
