package localchat.server.torture;

/// How long a case goes on: a handful of rounds in the ordinary build, many with `-Ptorture`.
final class Rounds {
    private static final String ROUNDS = "localchat.torture.rounds";

    private Rounds() {}

    /// Whether this is `-Ptorture`.
    static boolean isTorture() {
        return System.getProperty(ROUNDS) != null;
    }

    /// Rounds of a case: those asked for with `-Dlocalchat.torture.rounds`, else `ordinary`.
    static int of(int ordinary) {
        return Integer.getInteger(ROUNDS, ordinary);
    }

    /// One of two sizes, by the kind of build.
    static int size(int ordinary, int torture) {
        return isTorture() ? torture : ordinary;
    }

    /// The seed of a run: printed, and taken again with `-Dlocalchat.torture.seed`.
    static long seed(String torture) {
        long seed = Long.getLong("localchat.torture.seed", System.nanoTime());
        System.out.printf("%s: seed %d%n", torture, seed);
        return seed;
    }
}
