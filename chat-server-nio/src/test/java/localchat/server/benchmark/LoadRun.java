package localchat.server.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/// Drives a crowd that has joined: warm-up, measured span, and the wait for what is still under
/// way. A load that gets stuck ends early, and what was lost is counted.
final class LoadRun {
    /// With deliveries outstanding and none coming for so long, the rest is lost.
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Crowd crowd;
    private final Publishers publishers;
    private final MeasuredProcess server;
    private final Kernel kernel;
    private long lastDeliveries;
    private long lastDeliveryNanos = System.nanoTime();

    /// What is counted up to a moment.
    private record Moment(
            long nanos,
            long deliveries,
            long reads,
            CpuTime server,
            CpuTime generator,
            double generatorThread,
            double machine) {}

    LoadRun(Crowd crowd, Publishers publishers, MeasuredProcess server, Kernel kernel) {
        this.crowd = crowd;
        this.publishers = publishers;
        this.server = server;
        this.kernel = kernel;
    }

    /// Everything but faults, which are counted when all has come.
    Figures measure(Load load, int warmUpSeconds, int seconds) throws IOException {
        long start = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        crowd.tally().recordBetween(start, end);
        drive(load, start);
        Moment before = moment();
        drive(load, end);
        Moment after = moment();
        drain();
        return figures(before, after);
    }

    private void drive(Load load, long endNanos) throws IOException {
        long now = System.nanoTime();
        while (now - endNanos < 0 && !isStalled(now)) {
            load.publish(publishers, crowd.tally(), now);
            crowd.turn(load.pauseMillis());
            now = System.nanoTime();
        }
    }

    private void drain() throws IOException {
        while (outstanding() > 0 && !isStalled(System.nanoTime())) {
            crowd.turn(20);
        }
    }

    private long outstanding() {
        return publishers.deliveriesDue() - crowd.tally().deliveries();
    }

    private boolean isStalled(long now) {
        long deliveries = crowd.tally().deliveries();
        if (deliveries != lastDeliveries || outstanding() <= 0) {
            lastDeliveries = deliveries;
            lastDeliveryNanos = now;
        }
        return now - lastDeliveryNanos > STALL_NANOS;
    }

    private Moment moment() {
        return new Moment(
                System.nanoTime(),
                crowd.tally().deliveries(),
                crowd.tally().reads(),
                server.cpuTime(),
                kernel.cpuTime(ProcessHandle.current()),
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9,
                kernel.machineBusySeconds());
    }

    private Figures figures(Moment before, Moment after) {
        double seconds = (after.nanos() - before.nanos()) / 1e9;
        double deliveries = after.deliveries() - before.deliveries();
        CpuTime cpu = after.server().minus(before.server());
        double generator = after.generator().minus(before.generator()).total();
        double generatorThread = after.generatorThread() - before.generatorThread();
        double machine = after.machine() - before.machine();
        LatencyHistogram latencies = crowd.tally().latencies();
        return new Figures()
                .put(Figure.MESSAGES_PER_SECOND, deliveries / publishers.receivers() / seconds)
                .put(Figure.DELIVERIES_PER_SECOND, deliveries / seconds)
                .put(Figure.CPU_SECONDS_PER_MILLION, cpu.total() / deliveries * 1e6)
                .put(Figure.USER_SECONDS_PER_MILLION, cpu.user() / deliveries * 1e6)
                .put(Figure.SYSTEM_SECONDS_PER_MILLION, cpu.system() / deliveries * 1e6)
                .put(Figure.DELIVERIES_PER_CPU_SECOND, deliveries / cpu.total())
                .put(Figure.DELIVERIES_PER_READ, deliveries / (after.reads() - before.reads()))
                .put(Figure.P50_MICROS, latencies.percentileMicros(0.5))
                .put(Figure.P99_MICROS, latencies.percentileMicros(0.99))
                .put(Figure.P999_MICROS, latencies.percentileMicros(0.999))
                .put(Figure.MAX_MICROS, latencies.maxMicros())
                .put(Figure.SENDER_LATE_MICROS, crowd.tally().lateMicrosMax())
                .put(Figure.SERVER_CPU_PERCENT, 100 * cpu.total() / seconds)
                .put(Figure.GENERATOR_CPU_PERCENT, 100 * generatorThread / seconds)
                .put(
                        Figure.OTHER_CPU_PERCENT,
                        Math.max(0, 100 * (machine - cpu.total() - generator) / seconds));
    }
}
