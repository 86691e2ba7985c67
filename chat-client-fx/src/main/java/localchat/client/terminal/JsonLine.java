package localchat.client.terminal;

/// One JSON object on one line, its members in the order they are added.
final class JsonLine {
    private final StringBuilder json = new StringBuilder(160);

    private JsonLine() {}

    /// An object whose first member is `type`.
    static JsonLine ofType(String type) {
        JsonLine line = new JsonLine();
        line.json.append('{');
        return line.with("type", type);
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
