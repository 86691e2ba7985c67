package localchat.core.protocol;

/// The limits that are part of the protocol. What a server may set otherwise is told in
/// `Welcome.limits`.
public final class ProtocolLimits {
    private ProtocolLimits() {}

    /// The version of the protocol that this code speaks.
    public static final int VERSION = 1;

    /// Bytes of the length prefix: an unsigned 32-bit big-endian number.
    public static final int PREFIX_BYTES = 4;

    /// Largest frame before login, in bytes, the length prefix not counted. A peer that announces
    /// more is closed with FRAME_TOO_LARGE before anything is allocated. Reason: no login comes
    /// near it, and a stranger may hold no more of our memory.
    public static final int LOGIN_FRAME_BYTES_MAX = 8 * 1024;

    /// Largest frame after login, in bytes, the length prefix not counted, in both directions. A
    /// peer that announces more is closed with FRAME_TOO_LARGE before anything is allocated.
    /// Reason: sixteen times the longest text; 1 MiB of empty sub-messages would become 24 MiB of
    /// heap.
    public static final int FRAME_BYTES_MAX = 64 * 1024;

    /// Longest `client_name` and `device_name`, in bytes of UTF-8; a longer one is answered
    /// INVALID.
    public static final int LABEL_BYTES_MAX = 64;

    /// Longest invite, device, recovery or administrator code, in bytes of UTF-8; a longer one is
    /// answered CODE_INVALID.
    public static final int CODE_BYTES_MAX = 128;

    /// Bytes of the login nonce.
    public static final int NONCE_BYTES = 32;
}
