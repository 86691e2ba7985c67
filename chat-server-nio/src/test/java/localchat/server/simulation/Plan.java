package localchat.server.simulation;

/// What is likely to happen in one run. Drawn from its seed, so that runs differ in kind: quiet and
/// busy ones, with and without each sort of fault.
///
/// @param clients how many there are
/// @param steps of the run before everything is healed
/// @param stepMillisMax longest time that passes from one step to the next, but for rare leaps
/// @param commitMillisMax longest time that a commit takes
/// @param groupMax most posts in one commit
/// @param queueMax most posts that wait for one
/// @param readingMillisMax longest time that a reading takes
/// @param failedCommitOneIn one commit in so many fails; 0: none
/// @param failedReadingOneIn one reading in so many fails; 0: none
/// @param crashOneIn in one step of so many the server crashes; 0: never
/// @param dropOneIn one thing in so many that a client does is to lose its connection
/// @param slowOneIn one in so many is to read slowly
/// @param longTextOneIn one message in so many is long
/// @param postsPerSecond and
/// @param postsBurst the allowance of one person
/// @param ringBytes memory of all live rings
/// @param acknowledgesBeforeCommit a planted bug: posts are told to be stored before they are
record Plan(
        int clients,
        int steps,
        int stepMillisMax,
        int commitMillisMax,
        int groupMax,
        int queueMax,
        int readingMillisMax,
        int failedCommitOneIn,
        int failedReadingOneIn,
        int crashOneIn,
        int dropOneIn,
        int slowOneIn,
        int longTextOneIn,
        int postsPerSecond,
        int postsBurst,
        int ringBytes,
        boolean acknowledgesBeforeCommit) {
    private static final int SEGMENT_BYTES = 32 * 1024;

    static Plan of(Dice dice, boolean acknowledgesBeforeCommit) {
        return new Plan(
                dice.between(5, dice.oneIn(4) ? 30 : 12),
                dice.between(100, dice.oneIn(8) ? 2_000 : 600),
                dice.between(20, 200),
                dice.between(1, 600),
                dice.between(1, 64),
                dice.between(8, 256),
                dice.between(1, 300),
                maybe(dice, 3, 40),
                maybe(dice, 3, 60),
                maybe(dice, 60, 600),
                dice.between(20, 400),
                dice.between(20, 400),
                maybe(dice, 2, 40),
                dice.oneIn(3) ? dice.between(1, 5) : 50,
                dice.oneIn(3) ? dice.between(2, 20) : 2_000,
                SEGMENT_BYTES * dice.between(1, 8),
                acknowledgesBeforeCommit);
    }

    private static int maybe(Dice dice, int low, int high) {
        return dice.oneIn(3) ? 0 : dice.between(low, high);
    }
}
