package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of frame, with every field of the schema, against literal bytes: the table in
/// `frames.txt`.
class FrameKindsTest {
    /// One line of the table.
    record Row(String side, String text, String hex) {
        @Override
        public String toString() {
            return side + " " + text;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void encodesToTheseBytes(Row row) {
        byte[] payload = Wire.unhex(row.hex());
        byte[] sent = Wire.bytes(EncodedFrame.of(Wire.frame(row.side(), row.text())));

        assertEquals("%08x".formatted(payload.length) + row.hex(), Wire.hex(sent));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decodesFromTheseBytes(Row row) throws IOException {
        Message received = Wire.builder(row.side()).mergeFrom(Wire.unhex(row.hex())).build();

        assertEquals(Wire.frame(row.side(), row.text()), received);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void leavesNoUnknownField(Row row) throws IOException {
        Message received = Wire.builder(row.side()).mergeFrom(Wire.unhex(row.hex())).build();

        assertEquals(Set.of(), received.getUnknownFields().asMap().keySet());
    }

    @Test
    void theTableUsesEveryFieldOfTheSchema() {
        Set<String> used = new HashSet<>();
        rows().forEach(row -> collectUsed(Wire.frame(row.side(), row.text()), used));
        Set<String> missing = new TreeSet<>();
        Set<Descriptor> seen = new HashSet<>();
        collectDeclared(ClientFrame.getDescriptor(), seen, missing);
        collectDeclared(ServerFrame.getDescriptor(), seen, missing);
        assertTrue(missing.size() > 200, "the walk over the schema found only " + missing.size());

        missing.removeAll(used);

        assertEquals(Set.of(), missing);
    }

    static List<Row> rows() {
        List<String> lines =
                table().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            String[] words = lines.get(i).split(" ", 2);
            rows.add(new Row(words[0], words[1], lines.get(i + 1)));
        }
        return rows;
    }

    private static String table() {
        try (InputStream in = FrameKindsTest.class.getResourceAsStream("frames.txt")) {
            assertNotNull(in);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void collectUsed(Message message, Set<String> used) {
        message.getAllFields()
                .forEach((field, value) -> {
                    used.add(field.getFullName());
                    if (value instanceof Message one) {
                        collectUsed(one, used);
                    } else if (value instanceof Collection<?> many) {
                        many.stream()
                                .filter(Message.class::isInstance)
                                .forEach(each -> collectUsed((Message) each, used));
                    }
                });
    }

    private static void collectDeclared(Descriptor type, Set<Descriptor> seen, Set<String> names) {
        if (!seen.add(type)) {
            return;
        }
        for (FieldDescriptor field : type.getFields()) {
            names.add(field.getFullName());
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                collectDeclared(field.getMessageType(), seen, names);
            }
        }
    }
}
