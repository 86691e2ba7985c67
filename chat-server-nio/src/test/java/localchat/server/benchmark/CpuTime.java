package localchat.server.benchmark;

/// CPU time of all threads of a process, in seconds. What the platform does not tell is NaN.
record CpuTime(double total, double user, double system) {
    CpuTime minus(CpuTime before) {
        return new CpuTime(total - before.total, user - before.user, system - before.system);
    }
}
