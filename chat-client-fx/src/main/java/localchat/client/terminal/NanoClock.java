package localchat.client.terminal;

/// How time passes here. Usable from any thread.
interface NanoClock {
    /// Nanoseconds since any fixed moment, never going back; compare by subtraction.
    long nanos();

    /// The machine's.
    final class SystemNanoClock implements NanoClock {
        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }
}
