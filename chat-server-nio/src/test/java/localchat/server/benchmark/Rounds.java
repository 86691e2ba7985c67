package localchat.server.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import localchat.server.benchmark.BenchmarkCase.Row;

/// Runs all rows of a case, then all again: what changes on the machine meanwhile, and it does,
/// then falls on all of them.
final class Rounds {
    /// A run beside which something else used more of a CPU than this is counted as disturbed.
    private static final double DISTURBED_PERCENT = 10;

    private final BenchmarkCase benchmark;
    private final List<Row> rows;
    private final TestBed bed;
    private final PrintStream progress;
    private final Map<Row, List<Figures>> results = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private int runs;
    private int disturbed;

    /// @param progress gets one line for each run
    Rounds(BenchmarkCase benchmark, TestBed bed, PrintStream progress) {
        this.benchmark = benchmark;
        this.rows = benchmark.rows();
        this.bed = bed;
        this.progress = progress;
    }

    void run(int rounds) {
        for (int round = 1; round <= rounds; round++) {
            for (Row row : rows) {
                progress.printf("%s %d/%d: %s: ", benchmark.title(), round, rounds, row.label());
                progress.flush();
                run(row);
            }
        }
    }

    private void run(Row row) {
        runs++;
        try {
            Figures figures = row.measurement().run();
            results.computeIfAbsent(row, key -> new ArrayList<>()).add(figures);
            double others = figures.get(Figure.OTHER_CPU_PERCENT);
            disturbed += others > DISTURBED_PERCENT ? 1 : 0;
            progress.printf(
                    "%s %s%s%n",
                    benchmark.compared().text(figures.get(benchmark.compared())),
                    benchmark.compared().label(),
                    others > DISTURBED_PERCENT ? ", others %.0f%% CPU".formatted(others) : "");
            noteFaults(row, figures);
        } catch (IOException e) {
            progress.println("failed: " + e.getMessage());
            bed.logEnd().forEach(line -> progress.println("  | " + line));
            faults.add(row.label() + ": " + e.getMessage());
        }
    }

    private void noteFaults(Row row, Figures figures) {
        for (Figure figure : Figure.values()) {
            if (figure.isFault() && figures.get(figure) > 0) {
                faults.add(
                        "%s: %s %s"
                                .formatted(
                                        row.label(),
                                        figure.text(figures.get(figure)),
                                        figure.label()));
            }
        }
    }

    /// Runs that failed or in which messages were lost or out of order.
    List<String> faults() {
        return faults;
    }

    /// The medians.
    MarkdownTable table() {
        List<String> header = new ArrayList<>(List.of("setting", "server"));
        benchmark.figures().forEach(figure -> header.add(figure.label()));
        header.add("× " + benchmark.comparedWith().label());
        MarkdownTable table = new MarkdownTable(2, header);
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.setting(), row.contender().label()));
            benchmark.figures().forEach(figure -> cells.add(figure.text(summary(row, figure))));
            cells.add(timesYardstick(row));
            table.add(cells);
        }
        return table;
    }

    private String timesYardstick(Row row) {
        double yardstick =
                rows.stream()
                        .filter(other -> other.contender() == benchmark.comparedWith())
                        .filter(other -> other.setting().equals(row.yardstick()))
                        .findFirst()
                        .map(other -> summary(other, benchmark.compared()))
                        .orElse(Double.NaN);
        double ratio = summary(row, benchmark.compared()) / yardstick;
        return Double.isNaN(ratio) ? "–" : "%.2f".formatted(ratio);
    }

    private double summary(Row row, Figure figure) {
        return figure.summary(
                results.getOrDefault(row, List.of()).stream()
                        .map(figures -> figures.get(figure))
                        .toList());
    }

    /// Says how many runs something else on the machine disturbed.
    String disturbance() {
        return disturbed == 0
                ? ""
                : "%d of %d runs were disturbed: something else took over %.0f%% of a CPU."
                        .formatted(disturbed, runs, DISTURBED_PERCENT);
    }
}
