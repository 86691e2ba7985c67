package localchat.core.model;

import java.util.Arrays;
import java.util.Optional;

/// What a moderator or administrator did. Each is an event of the audit room.
public enum ModerationAct {
    /// Somebody was sent out, of a room or of the server.
    KICK("kick"),
    /// Somebody may not post for a while.
    MUTE("mute"),
    /// Somebody may post again.
    UNMUTE("unmute"),
    /// Somebody may not come back.
    BAN("ban"),
    /// Somebody may come back.
    UNBAN("unban"),
    /// Somebody has another role; the reason names it.
    ROLE("role"),
    /// A name belongs to nobody any more.
    RELEASE_NAME("release_name"),
    /// A device may not log in any more.
    REVOKE_DEVICE("revoke_device"),
    /// Newcomers may come with a code.
    CREATE_INVITE("create_invite"),
    /// A code admits nobody any more.
    REVOKE_INVITE("revoke_invite");

    private final String word;

    ModerationAct(String word) {
        this.word = word;
    }

    /// Its name on the wire and on disk; never changes.
    public String word() {
        return word;
    }

    /// The act with this name; empty for one that a newer version knows.
    public static Optional<ModerationAct> ofWord(String word) {
        return Arrays.stream(values()).filter(act -> act.word.equals(word)).findFirst();
    }
}
