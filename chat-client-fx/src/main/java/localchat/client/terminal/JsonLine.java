package localchat.client.terminal;

import java.util.List;
import java.util.stream.Collectors;

/// One JSON object on one line, its members in the order they are added.
final class JsonLine {
    private final StringBuilder json = new StringBuilder(160);

    private JsonLine() {}

    /// An object without members.
    static JsonLine empty() {
        JsonLine line = new JsonLine();
        line.json.append('{');
        return line;
    }

    /// An object whose first member is `type`.
    static JsonLine ofType(String type) {
        return empty().with("type", type);
    }

    /// Adds a member.
    JsonLine with(String name, String value) {
        name(name);
        Escapes.appendJson(json, value);
        return this;
    }

    /// Adds a member.
    JsonLine with(String name, long value) {
        name(name);
        json.append(value);
        return this;
    }

    /// Adds a member that is true; nothing when it is false.
    JsonLine withFlag(String name, boolean value) {
        if (value) {
            name(name);
            json.append(true);
        }
        return this;
    }

    /// Adds a member that is true or false.
    JsonLine withTruth(String name, boolean value) {
        name(name);
        json.append(value);
        return this;
    }

    /// Adds a member that is a list of numbers; nothing when it is empty.
    JsonLine withNumbers(String name, List<Long> values) {
        if (!values.isEmpty()) {
            name(name);
            json.append(
                    values.stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(",", "[", "]")));
        }
        return this;
    }

    /// Adds a member that is a list of objects; nothing when it is empty.
    JsonLine withObjects(String name, List<JsonLine> values) {
        if (!values.isEmpty()) {
            name(name);
            json.append(
                    values.stream().map(JsonLine::end).collect(Collectors.joining(",", "[", "]")));
        }
        return this;
    }

    private void name(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        Escapes.appendJson(json, name);
        json.append(':');
    }

    /// The object, without a line feed.
    String end() {
        return json + "}";
    }
}
