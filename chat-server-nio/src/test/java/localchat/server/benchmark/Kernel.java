package localchat.server.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the kernel tells about the machine and its processes: `/proc` and `/sys` of Linux, and
/// little elsewhere.
final class Kernel {
    private static final Path PROC = Path.of("/proc");
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    /// Fields of `/proc/PID/stat` behind the name; see proc(5), where they are 14 and 15.
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    /// Columns of `/proc/stat` that are no work of this machine: idle, iowait; steal and guests.
    private static final List<Integer> WORK_COLUMNS = List.of(0, 1, 2, 5, 6);

    private final double ticksPerSecond;

    Kernel() {
        ticksPerSecond =
                run("getconf", "CLK_TCK")
                        .map(text -> Double.parseDouble(text.strip()))
                        .orElse(100.0);
    }

    /// CPU time of a process so far.
    CpuTime cpuTime(ProcessHandle process) {
        return read(PROC.resolve(process.pid() + "/stat"))
                .map(this::cpuTime)
                .orElseGet(() -> {
                    Duration total = process.info().totalCpuDuration().orElse(Duration.ZERO);
                    return new CpuTime(total.toNanos() / 1e9, Double.NaN, Double.NaN);
                });
    }

    private CpuTime cpuTime(String stat) {
        List<String> fields = words(stat.substring(stat.lastIndexOf(')') + 1));
        double user = Long.parseLong(fields.get(USER_TICKS)) / ticksPerSecond;
        double system = Long.parseLong(fields.get(SYSTEM_TICKS)) / ticksPerSecond;
        return new CpuTime(user + system, user, system);
    }

    /// CPU time that all processes and interrupts together have used, in seconds; NaN where it is
    /// not told.
    double machineBusySeconds() {
        return read(PROC.resolve("stat"))
                .map(text ->
                        words(text.lines().findFirst().orElseThrow().substring("cpu".length())))
                .map(columns ->
                        WORK_COLUMNS.stream().mapToLong(i -> Long.parseLong(columns.get(i))).sum()
                                / ticksPerSecond)
                .orElse(Double.NaN);
    }

    /// Memory of a process that is in RAM, in bytes; NaN where it is not told.
    static double residentBytes(ProcessHandle process) {
        return line(PROC.resolve(process.pid() + "/status"), "VmRSS:")
                .map(text -> 1024.0 * Long.parseLong(words(text).getFirst()))
                .orElse(Double.NaN);
    }

    /// How many files this process may have open. (The JVM has raised the soft limit already, and
    /// the server's will do the same.)
    static Optional<Long> openFilesMax() {
        return line(PROC.resolve("self/limits"), "Max open files")
                .map(text -> words(text).get(1))
                .map(hard -> hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard));
    }

    /// CPUs that this process may use.
    static List<Integer> allowedCpus() {
        return line(PROC.resolve("self/status"), "Cpus_allowed_list:")
                .map(Kernel::numbers)
                .orElse(List.of());
    }

    /// The CPUs that share a core with this one, itself included.
    static List<Integer> sameCore(int cpu) {
        return read(CPUS.resolve("cpu" + cpu + "/topology/thread_siblings_list"))
                .map(Kernel::numbers)
                .orElse(List.of(cpu));
    }

    /// What the processor calls itself.
    static Optional<String> processorName() {
        return line(PROC.resolve("cpuinfo"), "model name")
                .map(text -> text.replaceFirst(":\\s*", ""));
    }

    /// `0-2,5` means 0, 1, 2 and 5.
    static List<Integer> numbers(String ranges) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : ranges.strip().split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = Integer.parseInt(range.substring(dash + 1));
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /// Runs a program to its end.
    ///
    /// @return what it printed; empty when it is not there or failed
    static Optional<String> run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<String> line(Path file, String key) {
        return read(file)
                .flatMap(text -> text.lines().filter(line -> line.startsWith(key)).findFirst())
                .map(line -> line.substring(key.length()).strip());
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
