package localchat.client.terminal;

import java.util.LinkedHashMap;
import java.util.Map;

/// Reads JSON objects, whose lists it leaves as they are written, strictly by RFC 8259,
/// independently of what writes them.
final class TinyJson {
    private final String json;
    private int at;

    private TinyJson(String json) {
        this.json = json;
    }

    /// The members of an object; strings unquoted, everything else as it is written.
    static Map<String, String> object(String json) {
        TinyJson reader = new TinyJson(json);
        Map<String, String> members = new LinkedHashMap<>();
        reader.expect('{');
        do {
            String name = reader.readString();
            reader.expect(':');
            String value = reader.readValue();
            if (members.put(name, value) != null) {
                throw new IllegalArgumentException("twice: " + name);
            }
        } while (reader.next() == ',');
        if (reader.json.charAt(reader.at - 1) != '}' || reader.at != json.length()) {
            throw new IllegalArgumentException("no object: " + json);
        }
        return members;
    }

    /// The value of a JSON string.
    static String string(String json) {
        TinyJson reader = new TinyJson(json);
        String value = reader.readString();
        if (reader.at != json.length()) {
            throw new IllegalArgumentException("more than a string: " + json);
        }
        return value;
    }

    private char next() {
        return json.charAt(at++);
    }

    private void expect(char c) {
        if (next() != c) {
            throw new IllegalArgumentException("no " + c + " at " + (at - 1) + " in " + json);
        }
    }

    private String readValue() {
        if (json.charAt(at) == '"') {
            return readString();
        }
        int from = at;
        if (json.charAt(at) == '[') {
            return json.substring(from, skipList());
        }
        while ("0123456789-.eE+truefalsn".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        return json.substring(from, at);
    }

    /// Goes behind the end of a list of numbers and objects.
    private int skipList() {
        int depth = 0;
        do {
            char c = json.charAt(at);
            if (c == '"') {
                readString();
            } else {
                depth += c == '[' || c == '{' ? 1 : 0;
                depth -= c == ']' || c == '}' ? 1 : 0;
                at++;
            }
        } while (depth > 0);
        return at;
    }

    private String readString() {
        expect('"');
        StringBuilder text = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw new IllegalArgumentException("a bare control character in " + json);
            }
            text.append(c == '\\' ? escaped() : c);
        }
        return text.toString();
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(json.substring(at - 4, at), 16);
            }
            default -> throw new IllegalArgumentException("no escape: " + c);
        };
    }
}
