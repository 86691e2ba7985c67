package localchat.server.simulation;

/// A number that stands for all that a run brought about: two runs of one seed have the same.
final class Trace {
    private long hash = 0xcbf29ce484222325L;

    void add(long value) {
        hash = (hash ^ value) * 0x100000001b3L;
        hash ^= hash >>> 29;
    }

    long hash() {
        return hash;
    }
}
