package localchat.server.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `mvn -Pbench`: measures the packaged server and prints one Markdown table for each case.
@Command(
        name = "mvn -q -Pbench -Dargs=\"…\"",
        customSynopsis = "mvn -q -Pbench [-Dargs=\"OPTION…\"]",
        description = {
            "Measures the packaged chat server against the least that a single-threaded Java server"
                    + " could do, and prints Markdown tables of medians. Progress goes to stderr.",
            "Server and generator get one CPU each; figures mean something only on a machine that"
                    + " does nothing else. Linux tells all of them, other systems fewer."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured, and every message arrived in order",
            "1:a run failed, or messages were missing or out of order",
            "2:the command line is wrong"
        })
public final class ServerBenchmark implements Callable<Integer> {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "CASE",
            description = "Any of throughput,durable,rooms,latency,slow,idle. Default: all.")
    private List<CaseName> cases = List.of(CaseName.values());

    @Option(
            names = "--members",
            split = ",",
            paramLabel = "N",
            description = "Members of the room in throughput and latency. Default: 100,1000.")
    private List<Integer> members = List.of(100, 1000);

    @Option(
            names = "--durable-members",
            split = ",",
            paramLabel = "N",
            description = "Members of the room in durable. Default: 10,100.")
    private List<Integer> durableMembers = List.of(10, 100);

    @Option(
            names = "--people",
            paramLabel = "N",
            description = "People, and rooms, of the case rooms. Default: 1000.")
    private int people = 1000;

    @Option(
            names = "--slow-members",
            paramLabel = "N",
            description = "Members of the room in the case slow. Default: 200.")
    private int slowMembers = 200;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Connections of the case idle. Default: 10000.")
    private int connections = 10_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each run is made; tables show medians. Default: 5.")
    private int rounds = 5;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Measured time of each run. Default: 3.")
    private int seconds = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds under load before that. Default: 4.")
    private int warmUpSeconds = 4;

    @Option(names = "--program", hidden = true, description = "The packaged server's folder.")
    private Path program = Path.of("target", "chat-server");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("UnusedVariable") // Picocli reads it.
    private boolean helpRequested;

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    ServerBenchmark() {}

    /// Runs the benchmark.
    ///
    /// @param args the command line
    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new ServerBenchmark());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(commandLine.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        checkOptions();
        PrintStream out = System.out;
        Optional<Pinning> pinning = Pinning.choose();
        Machine.describe(pinning).forEach(line -> out.println("- " + line));
        pinning.ifPresent(Pinning::pinThisProcess);
        Plan plan =
                new Plan(
                        members,
                        durableMembers,
                        people,
                        slowMembers,
                        connections,
                        rounds,
                        seconds,
                        warmUpSeconds);
        Setup setup = Setup.of(new TestBed(program, new Kernel(), pinning), plan);
        out.printf(
                "- Texts of %d bytes, %d on the wire; %d s measured after %d s of load; rounds, of which"
                        + " the median: %d%n",
                Wire.TEXT_BYTES, setup.eventBytes(), seconds, warmUpSeconds, rounds);
        List<String> faults = new ArrayList<>();
        for (CaseName name : EnumSet.copyOf(cases)) {
            faults.addAll(measure(name.with(setup), setup));
        }
        return faults.isEmpty() ? 0 : 1;
    }

    /// Prints one table.
    ///
    /// @return what went wrong
    private List<String> measure(BenchmarkCase benchmark, Setup setup) {
        PrintStream out = System.out;
        out.printf("%n## %s%n%n", benchmark.title());
        out.flush();
        Optional<String> obstacle = benchmark.obstacle();
        if (obstacle.isPresent()) {
            out.println("Not measured: " + obstacle.get() + ".");
            return List.of();
        }
        Rounds runs = new Rounds(benchmark, setup.bed(), System.err);
        runs.run(rounds);
        out.println(runs.table());
        out.printf(
                "%s × %s compares %s. %s%n",
                benchmark.explanation(),
                benchmark.comparedWith().label(),
                benchmark.compared().label(),
                runs.disturbance());
        runs.faults().forEach(fault -> out.println("- **Fault:** " + fault));
        out.flush();
        return runs.faults();
    }

    private void checkOptions() {
        if (!Files.isDirectory(program)) {
            throw wrong("no packaged server in " + program);
        }
        if (Stream.of(members, durableMembers).flatMap(List::stream).anyMatch(number -> number < 1)
                || people < 1
                || connections < 2) {
            throw wrong("rooms need members");
        }
        if (slowMembers < 2) {
            throw wrong("--slow-members must be 2 or more");
        }
        if (people < 10 || people % 97 == 0) {
            throw wrong("--people must be 10 or more, and no multiple of 97");
        }
        if (rounds < 1 || seconds < 1 || warmUpSeconds < 0) {
            throw wrong("--rounds and --seconds must be 1 or more, --warm-up not below 0");
        }
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
