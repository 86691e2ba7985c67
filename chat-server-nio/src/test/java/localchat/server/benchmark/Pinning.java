package localchat.server.benchmark;

import java.util.List;
import java.util.Optional;

/// Which CPU the server has to itself, and which one the generator. Without that the two would
/// wander and their caches with them, and no two runs would be alike.
///
/// @param serverCpu and
/// @param generatorCpu numbers of CPUs
record Pinning(int serverCpu, int generatorCpu) {
    /// Two of the CPUs that this process may use, on two cores if there are; empty where there is
    /// but one or no `taskset`.
    static Optional<Pinning> choose() {
        List<Integer> allowed = Kernel.allowedCpus();
        if (allowed.size() < 2 || Kernel.run("taskset", "--version").isEmpty()) {
            return Optional.empty();
        }
        int server = allowed.getFirst();
        List<Integer> sameCore = Kernel.sameCore(server);
        int generator =
                allowed.stream()
                        .filter(cpu -> !sameCore.contains(cpu))
                        .findFirst()
                        .orElse(allowed.get(1));
        return Optional.of(new Pinning(server, generator));
    }

    /// Moves all threads of this process to the generator's CPU.
    void pinThisProcess() {
        Kernel.run(
                "taskset",
                "--all-tasks",
                "--cpu-list",
                "--pid",
                String.valueOf(generatorCpu),
                String.valueOf(ProcessHandle.current().pid()));
    }

    /// What comes before the command of a server.
    List<String> serverPrefix() {
        return List.of("taskset", "--cpu-list", String.valueOf(serverCpu));
    }

    String describe() {
        return "server on CPU %d, generator on CPU %d%s"
                .formatted(
                        serverCpu,
                        generatorCpu,
                        Kernel.sameCore(serverCpu).contains(generatorCpu)
                                ? " (two threads of one core)"
                                : "");
    }
}
