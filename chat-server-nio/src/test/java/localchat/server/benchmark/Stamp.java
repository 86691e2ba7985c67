package localchat.server.benchmark;

import java.nio.ByteBuffer;

/// The first bytes of every message's text: when it was due, which stream it belongs to, and which
/// of that stream it is. Hexadecimal, because the chat passes on nothing but text.
///
/// ```
/// 16 digits  due, nanoseconds of System.nanoTime()
///  8 digits  stream
///  8 digits  sequence in the stream, from 0
/// ```
final class Stamp {
    static final int BYTES = 32;

    private static final int STREAM_AT = 16;
    private static final int SEQUENCE_AT = 24;

    private Stamp() {}

    static void write(byte[] frame, int at, long dueNanos, int stream, int sequence) {
        writeHex(frame, at, STREAM_AT, dueNanos);
        writeHex(frame, at + STREAM_AT, SEQUENCE_AT - STREAM_AT, stream);
        writeHex(frame, at + SEQUENCE_AT, BYTES - SEQUENCE_AT, sequence);
    }

    static long dueNanos(ByteBuffer in, int at) {
        return readHex(in, at, STREAM_AT);
    }

    static int stream(ByteBuffer in, int at) {
        return (int) readHex(in, at + STREAM_AT, SEQUENCE_AT - STREAM_AT);
    }

    static int sequence(ByteBuffer in, int at) {
        return (int) readHex(in, at + SEQUENCE_AT, BYTES - SEQUENCE_AT);
    }

    private static void writeHex(byte[] frame, int at, int digits, long value) {
        long rest = value;
        for (int i = digits - 1; i >= 0; i--) {
            int digit = (int) (rest & 15);
            frame[at + i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
            rest >>>= 4;
        }
    }

    private static long readHex(ByteBuffer in, int at, int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int letter = in.get(at + i);
            value = (value << 4) | (letter <= '9' ? letter - '0' : letter - 'a' + 10);
        }
        return value;
    }
}
