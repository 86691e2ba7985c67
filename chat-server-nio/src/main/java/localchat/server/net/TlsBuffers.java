package localchat.server.net;

import java.nio.ByteBuffer;

/// The buffers that all connections of a loop share for what is encrypted: each is filled and
/// emptied before the next connection is served, so that an idle connection needs none. Belongs to
/// the loop thread.
final class TlsBuffers {
    /// The longest record, in bytes: 2^14 of content, and what TLS 1.3 puts around it (RFC 8446,
    /// section 5.2). The platform's engine wants 16,709 bytes free for each.
    static final int RECORD_BYTES_MAX = 16_709;

    /// Records written with one call. Reason: a call for 64 KiB costs little more than one for 16.
    static final int RECORDS_PER_WRITE = 4;

    /// What came from a socket and is not decrypted yet. No longer than what takes it when
    /// decrypted, so that all of it can be.
    final ByteBuffer incoming = ByteBuffer.allocateDirect(Connections.READ_BYTES);

    /// What is encrypted and not written yet.
    final ByteBuffer outgoing = ByteBuffer.allocateDirect(RECORDS_PER_WRITE * RECORD_BYTES_MAX);
}
