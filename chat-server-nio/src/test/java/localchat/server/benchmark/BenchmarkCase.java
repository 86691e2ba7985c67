package localchat.server.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One kind of measurement: one table.
interface BenchmarkCase {
    /// One line of the table.
    ///
    /// @param setting what was asked for
    /// @param contender who had to do it
    /// @param yardstick setting of the row of [#comparedWith()] that this one is compared with
    record Row(String setting, Contender contender, String yardstick, Measurement measurement) {
        /// A row that is compared with another contender's in the same setting.
        static Row of(String setting, Contender contender, Measurement measurement) {
            return new Row(setting, contender, setting, measurement);
        }

        String label() {
            return setting + ", " + contender.label();
        }
    }

    /// One run: starts a server, measures it and ends it.
    interface Measurement {
        Figures run() throws IOException;
    }

    String title();

    /// What the table shows, for the reader below it.
    String explanation();

    /// The columns.
    List<Figure> figures();

    /// The column that the last one compares with that of [#comparedWith()].
    Figure compared();

    /// Whose rows all others are measured by.
    default Contender comparedWith() {
        return Contender.LIMIT;
    }

    List<Row> rows();

    /// Why this machine cannot do it; empty when it can.
    default Optional<String> obstacle() {
        return Optional.empty();
    }
}
