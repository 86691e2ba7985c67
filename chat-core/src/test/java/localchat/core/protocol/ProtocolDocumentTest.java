package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.TextFormat;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localchat.core.identity.LoginProof;
import localchat.core.identity.SeededKey;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import localchat.core.protocol.ProtocolDocument.Example;
import localchat.core.protocol.wire.Chat;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.CloseReason;
import localchat.core.protocol.wire.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds PROTOCOL.md to the schema and the code.
class ProtocolDocumentTest {
    private static final ProtocolDocument DOCUMENT = ProtocolDocument.read();

    private final Map<String, byte[]> vector = DOCUMENT.vector();
    private final SeededKey key = SeededKey.of(vector.get("seed"));

    static List<Example> examples() {
        return DOCUMENT.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesTheBytesOfEachExample(Example example) {
        var frame = Wire.frame(example.side(), withVector(example.text()));

        assertEquals(Wire.hex(Wire.bytes(EncodedFrame.of(frame))), example.hex());
    }

    @Test
    void givesThePublicKeyOfTheSeed() {
        assertHex(key.device().rawPublicKey(), "public_key");
    }

    @Test
    void givesTheDeviceIdOfThePublicKey() {
        assertHex(LoginProof.deviceId(vector.get("public_key")).bytes(), "device_id");
    }

    @Test
    void givesTheBytesThatAreSigned() {
        assertHex(
                LoginProof.signedBytes(
                        serverKeyHash(), vector.get("nonce"), key.device().deviceId()),
                "signed_bytes");
    }

    @Test
    void givesTheSignatureThatTheDeviceMakes() {
        assertHex(key.device().proveLogin(serverKeyHash(), vector.get("nonce")), "signature");
    }

    @Test
    void givesASignatureThatIsAccepted() {
        assertTrue(
                LoginProof.verify(
                        vector.get("public_key"),
                        vector.get("signed_bytes"),
                        vector.get("signature")));
    }

    @Test
    void givesTheWholeLoginFrame() {
        String login =
                """
                request_id: 2
                login {
                  device_public_key: <public_key> signature: <signature> user_name: "Ana" device_name: "desk"
                }
                """;

        assertHex(
                Wire.bytes(EncodedFrame.of(Wire.frame("client", withVector(login)))),
                "login_frame");
    }

    @Test
    void describesTheSignedBytesByTheirLengths() {
        assertEquals(115, vector.get("signed_bytes").length);
        assertEquals(
                List.of("18", "1", "32", "32", "32"),
                DOCUMENT.table("Bytes").stream()
                        .map(List::getFirst)
                        .filter(cell -> !cell.equals("4") && !cell.equals("length"))
                        .toList());
    }

    @Test
    void showsEveryKindOfFrameOfAPlainConversation() {
        String kinds =
                examples().stream()
                        .map(each ->
                                each.text()
                                        .replaceAll("(?s)^request_id: \\d+\\s+", "")
                                        .split("[ {]", 2)[0])
                        .sorted()
                        .collect(Collectors.joining(" "));

        assertEquals(
                "challenge error event fetch_history goodbye hello history_page join_room login ping pong post"
                        + " post_stored presence resume room_entered typing typing_notice welcome",
                kinds);
    }

    @Test
    void saysOfEveryKindOfRequestWhetherItIsAnsweredToday() {
        List<String> described =
                DOCUMENT.table("ClientFrame kind").stream()
                        .map(row -> row.getFirst().split(" ", 2)[0])
                        .distinct()
                        .sorted()
                        .toList();

        assertEquals(
                ClientFrame.getDescriptor().getOneofs().getFirst().getFields().stream()
                        .map(FieldDescriptor::getName)
                        .sorted()
                        .toList(),
                described);
    }

    @Test
    void explainsEveryErrorCode() {
        assertEquals(
                constants(localchat.core.protocol.wire.ErrorCode.getDescriptor()),
                DOCUMENT.table("ErrorCode").stream().map(List::getFirst).toList());
    }

    @Test
    void saysOfEveryErrorCodeWhetherItMayBeRetried() {
        Map<String, String> expected = new TreeMap<>();
        Stream.of(ErrorCode.values())
                .forEach(code -> expected.put(code.name(), code.retryable() ? "yes" : "no"));
        Map<String, String> described = new TreeMap<>();
        DOCUMENT.table("ErrorCode").forEach(row -> described.put(row.getFirst(), row.get(2)));

        assertEquals(expected, described);
    }

    @Test
    void explainsEveryCloseReason() {
        assertEquals(
                constants(CloseReason.getDescriptor()),
                DOCUMENT.table("CloseReason").stream()
                        .map(List::getFirst)
                        .filter(name -> !name.startsWith("unknown"))
                        .toList());
    }

    @Test
    void explainsEveryLimitThatIsAnnounced() {
        assertEquals(
                Limits.getDescriptor().getFields().stream().map(FieldDescriptor::getName).toList(),
                DOCUMENT.table("Limit").stream().map(List::getFirst).toList());
    }

    @Test
    void givesTheLimitsOfTheCode() {
        Map<String, String> values =
                DOCUMENT.table("Limit").stream()
                        .collect(Collectors.toMap(List::getFirst, row -> row.get(2)));

        assertEquals(number(ProtocolLimits.FRAME_BYTES_MAX), values.get("frame_bytes_max"));
        assertEquals(number(MessageText.BYTES_MAX), values.get("text_bytes_max"));
        assertEquals(number(UserName.BYTES_MAX), values.get("user_name_bytes_max"));
        assertEquals(number(RoomName.BYTES_MAX), values.get("room_name_bytes_max"));
    }

    @Test
    void givesTheFixedLimitsOfTheCode() {
        Map<String, String> values =
                DOCUMENT.table("Fixed in version 1").stream()
                        .collect(Collectors.toMap(List::getFirst, row -> row.get(2)));

        assertEquals(
                number(ProtocolLimits.LOGIN_FRAME_BYTES_MAX),
                values.get("Frame before the login is complete, from the client"));
        assertEquals(
                number(ProtocolLimits.LABEL_BYTES_MAX), values.get("client_name, device_name"));
    }

    @Test
    void namesEveryConstantOfTheSchema() {
        List<String> missing =
                Chat.getDescriptor().getEnumTypes().stream()
                        .flatMap(type -> constants(type).stream())
                        .filter(name -> !DOCUMENT.text().contains("`" + name + "`"))
                        .toList();

        assertEquals(List.of(), missing);
    }

    private static List<String> constants(EnumDescriptor type) {
        return type.getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .map(EnumValueDescriptor::getName)
                .toList();
    }

    private static String number(int value) {
        return String.format(java.util.Locale.ROOT, "%,d", value);
    }

    private Digest32 serverKeyHash() {
        return new Digest32(vector.get("server_key_hash"));
    }

    private String withVector(String text) {
        String filled = text;
        for (Map.Entry<String, byte[]> value : vector.entrySet()) {
            String escaped = "\"" + TextFormat.escapeBytes(value.getValue()) + "\"";
            filled = filled.replace("<" + value.getKey() + ">", escaped);
        }
        return filled;
    }

    private void assertHex(byte[] expected, String name) {
        assertArrayEquals(
                expected,
                vector.get(name),
                () -> name + " is " + HexFormat.ofDelimiter(" ").formatHex(expected));
    }
}
