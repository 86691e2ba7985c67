package localchat.core.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the tables beside this class that hold a part of Unicode's data.
final class UnicodeTable {
    private UnicodeTable() {}

    /// The lines of a table but for its remarks.
    static List<String> lines(String name) {
        try (InputStream file = UnicodeTable.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the table is missing: " + name);
            }
            List<String> lines = new ArrayList<>();
            for (String line :
                    new String(file.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    lines.add(line);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
