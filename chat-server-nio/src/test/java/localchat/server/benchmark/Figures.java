package localchat.server.benchmark;

import java.util.EnumMap;
import java.util.Map;

/// The figures of one run. One that is not known is NaN.
final class Figures {
    private final Map<Figure, Double> values = new EnumMap<>(Figure.class);

    Figures put(Figure figure, double value) {
        values.put(figure, Double.isFinite(value) ? value : Double.NaN);
        return this;
    }

    /// A number that is exact.
    Figures count(Figure figure, long value) {
        return put(figure, (double) value);
    }

    double get(Figure figure) {
        return values.getOrDefault(figure, Double.NaN);
    }
}
