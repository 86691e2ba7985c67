package localchat.server.benchmark;

import java.util.Arrays;

/// What one connection must see next: each stream's messages one after the other, and, where the
/// server numbers events, each room's seqs without hole or double. Every breach is counted once;
/// the next message is then compared with the one that broke it.
final class OrderCheck {
    private final int[] nextOfStream;
    private long[] rooms = {};
    private long[] nextSeqs = {};
    private long faults;

    /// @param streams how many streams there are
    OrderCheck(int streams) {
        nextOfStream = new int[streams];
    }

    /// The room was entered, and its next event has this seq.
    void onEntered(long roomId, long nextSeq) {
        int at = rooms.length;
        rooms = Arrays.copyOf(rooms, at + 1);
        nextSeqs = Arrays.copyOf(nextSeqs, at + 1);
        rooms[at] = roomId;
        nextSeqs[at] = nextSeq;
    }

    void onSeq(long roomId, long seq) {
        int at = 0;
        while (at < rooms.length && rooms[at] != roomId) {
            at++;
        }
        if (at == rooms.length) {
            faults++;
            return;
        }
        if (nextSeqs[at] != seq) {
            faults++;
        }
        nextSeqs[at] = seq + 1;
    }

    void onSequence(int stream, int sequence) {
        if (stream < 0 || stream >= nextOfStream.length) {
            faults++;
            return;
        }
        if (nextOfStream[stream] != sequence) {
            faults++;
        }
        nextOfStream[stream] = sequence + 1;
    }

    /// Breaches so far.
    long faults() {
        return faults;
    }
}
