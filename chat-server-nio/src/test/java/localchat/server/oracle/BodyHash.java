package localchat.server.oracle;

import localchat.core.model.EventBody;

/// 64 bits that stand for what an event says, the same in every process. It tells apart what goes
/// wrong by accident, not what somebody forges.
public final class BodyHash {
    /// Stands for every tombstone: who deleted something, and why, is not compared.
    public static final long TOMBSTONE = 0;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private BodyHash() {}

    /// The hash of a body; never [#TOMBSTONE] unless it is one.
    public static long of(EventBody body) {
        if (body instanceof EventBody.Tombstone) {
            return TOMBSTONE;
        }
        // The text of a record names its kind and has every value in it.
        String text = body.toString();
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash == TOMBSTONE ? 1 : hash;
    }
}
