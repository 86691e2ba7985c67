package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.CreateRoom;
import localchat.core.protocol.wire.Hello;
import localchat.core.protocol.wire.PeoplePage;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The worst that fits into one frame. The parser takes it or throws
/// [InvalidProtocolBufferException]; any other exception would be a way to hurt the server.
class ProtobufBombTest {
    private static final int MAX = ProtocolLimits.FRAME_BYTES_MAX;
    private static final int UNUSED_FIELD = 1000;

    @Test
    void takesUnknownGroupsNestedAHundredDeep() throws IOException {
        assertEquals(KindCase.KIND_NOT_SET, ClientFrame.parseFrom(groups(100, true)).getKindCase());
    }

    @Test
    void refusesUnknownGroupsNestedDeeper() {
        assertRefused(groups(101, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 16_000})
    void refusesUnknownGroupsNestedAsDeepAsAFrameIsLong(int depth) {
        assertRefused(groups(depth, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 101, 30_000})
    void refusesUnknownGroupsThatNeverEnd(int depth) {
        assertRefused(groups(depth, false));
    }

    @Test
    void refusesAGroupThatEndsWithoutABeginning() {
        assertRefused(ints(tag(UNUSED_FIELD, WireFormat.WIRETYPE_END_GROUP)));
    }

    @Test
    void takesAFrameFullOfEmptySubmessages() throws IOException {
        assertEquals(
                MAX / 2,
                PeoplePage.parseFrom(repeated(Wire.unhex("12 00"), MAX / 2)).getPeopleCount());
    }

    @Test
    void takesAFrameFullOfOneKindOverAndOver() throws IOException {
        assertEquals(
                KindCase.PING,
                ClientFrame.parseFrom(repeated(Wire.unhex("22 00"), MAX / 2)).getKindCase());
    }

    @Test
    void takesAFrameFullOfEmptyStrings() throws IOException {
        assertEquals(
                MAX / 2,
                Hello.parseFrom(repeated(Wire.unhex("22 00"), MAX / 2)).getRequiredFeaturesCount());
    }

    @Test
    void takesAFrameFullOfUnknownNumbers() throws IOException {
        byte[] field = ints(tag(UNUSED_FIELD, WireFormat.WIRETYPE_VARINT), 1);

        ClientFrame frame = ClientFrame.parseFrom(repeated(field, MAX / field.length));

        assertEquals(KindCase.KIND_NOT_SET, frame.getKindCase());
    }

    @Test
    void takesAFrameFullOfDifferentUnknownFields() throws IOException {
        byte[] bytes = new byte[MAX];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (int field = UNUSED_FIELD; out.spaceLeft() > 8; field++) {
            out.writeUInt32(field, 1);
        }

        byte[] fields = Arrays.copyOf(bytes, MAX - out.spaceLeft());
        assertEquals(KindCase.KIND_NOT_SET, ClientFrame.parseFrom(fields).getKindCase());
    }

    @Test
    void takesAFrameFullOfPackedNumbers() throws IOException {
        assertEquals(
                MAX - 8, CreateRoom.parseFrom(packed(MAX - 8, MAX - 8)).getMemberUserIdsCount());
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void refusesPackedNumbersThatAnnounceMoreThanTheyHave(int announced) {
        byte[] bytes = packed(announced, 100);

        assertThrows(InvalidProtocolBufferException.class, () -> CreateRoom.parseFrom(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void refusesASubmessageThatAnnouncesMoreThanItHas(int announced) {
        assertRefused(ints(tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED), announced));
    }

    /// Overlong forms, halves of surrogate pairs, above U+10FFFF, cut off, and a lone continuation
    /// byte.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c080",
                "e08080",
                "eda080",
                "edbfbf",
                "f4908080",
                "f8888080",
                "c3",
                "e282",
                "80",
                "ff"
            })
    void refusesAStringThatIsNotUtf8(String bad) {
        byte[] text = Wire.unhex(bad);
        byte[] hello = Wire.unhex("12 %02x 1a %02x".formatted(text.length + 2, text.length) + bad);

        assertRefused(hello);
    }

    @Test
    void takesAStringWithANulCharacter() throws IOException {
        assertEquals(
                "\0",
                ClientFrame.parseFrom(Wire.unhex("12 03 1a 01 00")).getHello().getClientName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "07", "06", "02", "ffffffffffffffffffffff01"})
    void refusesABadTag(String bytes) {
        assertRefused(Wire.unhex(bytes));
    }

    @Test
    void refusesHttp() {
        assertRefused(
                "GET / HTTP/1.1\r\nHost: chat\r\n\r\n"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void ignoresAnUnknownKind() throws IOException {
        ServerFrame frame = ServerFrame.parseFrom(Wire.unhex("08 05 c2 3e 02 08 01"));

        assertEquals(5, frame.getRequestId());
        assertEquals(ServerFrame.KindCase.KIND_NOT_SET, frame.getKindCase());
    }

    @Test
    void keepsTheSeqOfAnEventOfUnknownKind() throws IOException {
        ServerFrame frame = ServerFrame.parseFrom(Wire.unhex("42 09 08 01 10 15 c2 3e 02 08 01"));

        assertEquals(21, frame.getEvent().getSeq());
    }

    @Test
    void keepsTheNumberOfAnUnknownEnumConstant() throws IOException {
        ServerFrame frame = ServerFrame.parseFrom(Wire.unhex("32 03 08 e7 07"));

        assertEquals(999, frame.getError().getCodeValue());
    }

    private static void assertRefused(byte[] bytes) {
        assertThrows(InvalidProtocolBufferException.class, () -> ClientFrame.parseFrom(bytes));
    }

    private static byte[] groups(int depth, boolean ended) {
        byte[] begin = ints(tag(UNUSED_FIELD, WireFormat.WIRETYPE_START_GROUP));
        byte[] end = ints(tag(UNUSED_FIELD, WireFormat.WIRETYPE_END_GROUP));
        return joined(repeated(begin, depth), repeated(end, ended ? depth : 0));
    }

    private static byte[] packed(int announced, int count) {
        byte[] head = ints(tag(4, WireFormat.WIRETYPE_LENGTH_DELIMITED), announced);
        return joined(head, repeated(new byte[] {1}, count));
    }

    private static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }

    private static byte[] ints(int... values) {
        byte[] bytes = new byte[10 * values.length];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            for (int value : values) {
                out.writeUInt32NoTag(value);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Arrays.copyOf(bytes, out.getTotalBytesWritten());
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes[i % bytes.length];
        }
        return all;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
