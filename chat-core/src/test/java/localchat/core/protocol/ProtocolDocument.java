package localchat.core.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// PROTOCOL.md as far as it can be checked: its blocks of bytes and its tables.
final class ProtocolDocument {
    /// One example of a frame: a block marked `frame client` or `frame server`.
    ///
    /// @param side who sends it
    /// @param text the frame in the text form of Protocol Buffers; `<name>` stands for a value of
    ///   the vector
    /// @param hex its bytes on the wire
    record Example(String side, String text, String hex) {
        @Override
        public String toString() {
            return side + " " + text.lines().map(String::strip).reduce("", (a, b) -> a + b + " ");
        }
    }

    private final List<String> lines;

    private ProtocolDocument(List<String> lines) {
        this.lines = lines;
    }

    static ProtocolDocument read() {
        Path file = Path.of(System.getProperty("basedir", "."), "PROTOCOL.md");
        try {
            return new ProtocolDocument(Files.readAllLines(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String text() {
        return String.join("\n", lines);
    }

    /// The test vector: names and bytes.
    Map<String, byte[]> vector() {
        Map<String, byte[]> values = new LinkedHashMap<>();
        String name = "";
        StringBuilder digits = new StringBuilder();
        for (String line : blocks("vector").getFirst()) {
            int equals = line.indexOf('=');
            if (equals >= 0) {
                name = line.substring(0, equals).strip();
                digits.setLength(0);
            }
            digits.append(line.substring(equals + 1));
            values.put(name, Wire.unhex(digits.toString()));
        }
        return values;
    }

    List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (String side : List.of("client", "server")) {
            for (List<String> block : blocks("frame " + side)) {
                int bytes = 0;
                while (!block.get(bytes).startsWith("= ")) {
                    bytes++;
                }
                String text = String.join("\n", block.subList(0, bytes));
                String hex = String.join(" ", block.subList(bytes, block.size())).substring(2);
                examples.add(new Example(side, text, hex.replaceAll("\\s+", "")));
            }
        }
        return examples;
    }

    /// The rows of the table whose first column has this heading, each as its cells without
    /// backquotes.
    List<List<String>> table(String heading) {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.replace("`", "").startsWith("| " + heading + " |")) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && !line.startsWith("| ---")) {
                String cells = line.substring(1, line.length() - 1).replace("`", "");
                rows.add(List.of(cells.split("\\|")).stream().map(String::strip).toList());
            }
        }
        return rows;
    }

    private List<List<String>> blocks(String mark) {
        List<List<String>> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```" + mark)) {
                int end = lines.subList(i, lines.size()).indexOf("```") + i;
                blocks.add(lines.subList(i + 1, end));
            }
        }
        return blocks;
    }
}
