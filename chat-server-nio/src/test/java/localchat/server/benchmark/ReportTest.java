package localchat.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// How figures become lines.
class ReportTest {
    @Test
    void takesMedianOfRounds() {
        assertEquals(2, Figure.P50_MICROS.summary(List.of(9.0, 1.0, 2.0)));
        assertEquals(3, Figure.P50_MICROS.summary(List.of(4.0, 2.0, Double.NaN)));
    }

    @Test
    void addsFaultsUp() {
        assertEquals(3, Figure.MISSING.summary(List.of(0.0, 3.0, 0.0)));
    }

    @Test
    void saysWhenNothingIsKnown() {
        double nothing = Figure.MAX_MICROS.summary(List.of());

        assertTrue(Double.isNaN(nothing));
        assertEquals("–", Figure.MAX_MICROS.text(nothing));
        assertEquals("–", Figure.MAX_MICROS.text(new Figures().get(Figure.MAX_MICROS)));
    }

    @Test
    void writesNumbersAlikeEverywhere() {
        assertEquals("1,234,568", Figure.DELIVERIES_PER_SECOND.text(1_234_567.8));
        assertEquals("0.143", Figure.CPU_SECONDS_PER_MILLION.text(0.1434));
    }

    @Test
    void padsColumns() {
        MarkdownTable table = new MarkdownTable(1, List.of("server", "p50"));
        table.add(List.of("chat", "1,000"));

        assertEquals(
                """
                | server |   p50 |
                | ------ | ----: |
                | chat   | 1,000 |
                """,
                table.toString());
    }

    @Test
    void readsRangesOfCpus() {
        assertEquals(List.of(0, 1, 2, 5), Kernel.numbers("0-2,5\n"));
        assertEquals(List.of(3), Kernel.numbers("3"));
    }
}
