package localchat.server.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where it was measured.
final class Machine {
    private Machine() {}

    /// Lines for the head of the tables.
    static List<String> describe(Optional<Pinning> pinning) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "CPU: %s, %d usable"
                        .formatted(
                                Kernel.processorName().orElse(System.getProperty("os.arch")),
                                Math.max(
                                        Kernel.allowedCpus().size(),
                                        Runtime.getRuntime().availableProcessors())));
        lines.add(
                "Kernel: %s %s"
                        .formatted(
                                System.getProperty("os.name"), System.getProperty("os.version")));
        lines.add(
                "JDK: %s %s"
                        .formatted(
                                System.getProperty("java.vendor.version", ""), Runtime.version()));
        lines.add(
                "Pinning: "
                        + pinning.map(Pinning::describe)
                                .orElse(
                                        "none, which makes all figures vague (it needs Linux,"
                                                + " taskset and two CPUs)"));
        if (Kernel.allowedCpus().isEmpty()) {
            lines.add("Not told by this system: user and system time apart, resident memory");
        }
        return lines;
    }
}
