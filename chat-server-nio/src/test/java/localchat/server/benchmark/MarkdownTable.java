package localchat.server.benchmark;

import java.util.ArrayList;
import java.util.List;

/// A table in Markdown that can be read as it is: its columns are padded.
final class MarkdownTable {
    private final int texts;
    private final List<List<String>> lines = new ArrayList<>();

    /// @param texts leading columns that are text; the others are numbers and stand to the right
    MarkdownTable(int texts, List<String> header) {
        this.texts = texts;
        add(header);
    }

    void add(List<String> cells) {
        lines.add(List.copyOf(cells));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            appendLine(text, lines.get(i));
            if (i == 0) {
                appendRule(text);
            }
        }
        return text.toString();
    }

    private void appendLine(StringBuilder text, List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(width(column) - cell.length());
            text.append("| ").append(column < texts ? cell + padding : padding + cell).append(' ');
        }
        text.append("|\n");
    }

    private void appendRule(StringBuilder text) {
        for (int column = 0; column < lines.getFirst().size(); column++) {
            String dashes = "-".repeat(width(column));
            text.append("| ")
                    .append(column < texts ? dashes : dashes.substring(1) + ":")
                    .append(' ');
        }
        text.append("|\n");
    }

    private int width(int column) {
        return Math.max(
                3, lines.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0));
    }
}
