package localchat.server.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import localchat.core.protocol.wire.ClientFrame;
import localchat.server.net.TurnPeer;

/// Damages a conversation: values that nobody sends, bits turned, frames cut, doubled, dropped,
/// swapped, lengths that lie; and cuts the result into pieces as a network might.
final class FrameDamage {
    private static final long[] NUMBERS = {
        0, 1, 2, 3, 100, 101, 2_001, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, 1L << 32
    };
    private static final int[] LENGTHS = {
        0, 1, 3, 8_192, 8_193, 65_536, 65_537, -1, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "\0",
                    "general",
                    "#general",
                    "KITCHEN",
                    "\u0301\u0323",
                    "\u202e",
                    "\ufdfa",
                    "\ud83d\ude00".repeat(16),
                    "\u001b[2J\n".repeat(12),
                    "x".repeat(64),
                    "x".repeat(65),
                    "x".repeat(4_097),
                    "x".repeat(60_000));

    private final Random random;

    FrameDamage(Random random) {
        this.random = random;
    }

    /// Some of the frames damaged, each with its length prefix.
    List<byte[]> damaged(List<ClientFrame> conversation) {
        List<ClientFrame> odd = new ArrayList<>(conversation);
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = place(odd.size());
            odd.set(at, withOddValue(odd.get(at)));
        }
        List<byte[]> frames = new ArrayList<>();
        odd.forEach(frame -> frames.add(TurnPeer.bytes(frame)));
        for (int i = random.nextInt(4); i > 0 && !frames.isEmpty(); i--) {
            damage(frames, place(frames.size()));
        }
        return frames;
    }

    /// Mostly behind the login: what is wrong in it keeps everything else from being heard.
    private int place(int size) {
        boolean early = size <= Conversation.LOGIN_FRAMES || random.nextInt(8) == 0;
        return early ? random.nextInt(size) : random.nextInt(Conversation.LOGIN_FRAMES, size);
    }

    private void damage(List<byte[]> frames, int at) {
        byte[] frame = frames.get(at);
        switch (random.nextInt(11)) {
            case 0 -> frames.add(random.nextInt(at, frames.size()), frame);
            case 1 -> frames.remove(at);
            case 2 -> Collections.swap(frames, at, place(frames.size()));
            case 3 -> frames.set(at, TurnPeer.prefixed(turned(payload(frame))));
            case 4 -> frames.set(at, turned(frame));
            case 5 -> frames.set(at, Arrays.copyOf(frame, random.nextInt(frame.length + 1)));
            case 6 -> frames.set(at, TurnPeer.prefixed(cut(payload(frame))));
            case 7 -> frames.add(at, someBytes());
            case 8 -> frames.set(at, TurnPeer.prefixed(someBytes()));
            case 9 -> {
                byte[] lying = frame.clone();
                if (lying.length >= 4) {
                    ByteBuffer.wrap(lying).putInt(0, LENGTHS[random.nextInt(LENGTHS.length)]);
                }
                frames.set(at, lying);
            }
            default -> {
                byte[] other = payload(frames.get(place(frames.size())));
                frames.set(at, TurnPeer.prefixed(joined(cut(payload(frame)), tail(other))));
            }
        }
    }

    /// A frame that is of the schema, and in which one value is one that nobody sends.
    ClientFrame withOddValue(ClientFrame frame) {
        ClientFrame.Builder odd = frame.toBuilder();
        Message.Builder inside = odd;
        List<FieldDescriptor> fields = odd.getDescriptorForType().getFields();
        if (frame.getKindCase() != ClientFrame.KindCase.KIND_NOT_SET && random.nextInt(10) > 0) {
            FieldDescriptor kind =
                    ClientFrame.getDescriptor().findFieldByNumber(frame.getKindCase().getNumber());
            inside = odd.getFieldBuilder(kind);
            fields = inside.getDescriptorForType().getFields();
        }
        if (frame.getPost().hasMessage() && random.nextInt(3) == 0) {
            inside = odd.getPostBuilder().getMessageBuilder();
            fields = inside.getDescriptorForType().getFields();
        }
        if (!fields.isEmpty()) {
            setOddly(inside, fields.get(random.nextInt(fields.size())));
        }
        return odd.build();
    }

    private void setOddly(Message.Builder message, FieldDescriptor field) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        Object value =
                switch (field.getJavaType()) {
                    case INT -> (int) number;
                    case LONG -> number;
                    case BOOLEAN -> random.nextBoolean();
                    case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
                    case BYTE_STRING -> oddBytes();
                    case ENUM ->
                            field.getEnumType().findValueByNumberCreatingIfUnknown((int) number);
                    case MESSAGE -> message.newBuilderForField(field).build();
                    case FLOAT, DOUBLE -> throw new AssertionError("the schema has none");
                };
        if (field.isRepeated()) {
            message.addRepeatedField(field, value);
        } else {
            message.setField(field, value);
        }
    }

    private ByteString oddBytes() {
        int[] sizes = {0, 1, 15, 16, 17, 31, 32, 33, 64, 65, 65_480};
        return ByteString.copyFrom(bytes(sizes[random.nextInt(sizes.length)]));
    }

    private byte[] turned(byte[] bytes) {
        byte[] turned = bytes.clone();
        for (int i = random.nextInt(3); i >= 0 && turned.length > 0; i--) {
            int at = random.nextInt(turned.length);
            turned[at] =
                    (byte)
                            switch (random.nextInt(4)) {
                                case 0 -> 0xff;
                                case 1 -> random.nextInt(256);
                                default -> turned[at] ^ 1 << random.nextInt(8);
                            };
        }
        return turned;
    }

    private byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }

    private byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, random.nextInt(bytes.length + 1), bytes.length);
    }

    private byte[] someBytes() {
        return bytes(1 + random.nextInt(random.nextInt(50) == 0 ? 9_000 : 60));
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] payload(byte[] frame) {
        return frame.length < 4 ? frame : Arrays.copyOfRange(frame, 4, frame.length);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// The bytes in pieces that take no notice of frames, except that a client which waits for its
    /// answers sends the first few frames one by one.
    List<byte[]> inPieces(List<byte[]> frames) {
        boolean waits = random.nextInt(10) > 0;
        int alone = waits ? Math.min(Conversation.LOGIN_FRAMES, frames.size()) : 0;
        List<byte[]> pieces = new ArrayList<>(frames.subList(0, alone));
        if (random.nextInt(3) == 0) {
            pieces.addAll(frames.subList(alone, frames.size()));
            return pieces;
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        frames.subList(alone, frames.size()).forEach(rest::writeBytes);
        ByteBuffer left = ByteBuffer.wrap(rest.toByteArray());
        int largest = random.nextInt(20) == 0 ? 9 : random.nextInt(100, 5_000);
        while (left.hasRemaining()) {
            byte[] piece = new byte[Math.min(left.remaining(), 1 + random.nextInt(largest))];
            left.get(piece);
            pieces.add(piece);
        }
        return pieces;
    }
}
