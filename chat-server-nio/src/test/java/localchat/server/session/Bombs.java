package localchat.server.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Requests that are as long as a frame may be and as costly to take as the wire's format allows.
final class Bombs {
    /// A field number that no message has.
    private static final int UNUSED = 1_000;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int GROUP = 3;
    private static final int GROUP_END = 4;
    private static final int FIXED32 = 5;

    /// Bytes that the tags and lengths around the filling take, at most.
    private static final int AROUND_BYTES = 40;

    /// One of them.
    ///
    /// @param groupsDeep how many groups are in each other, 0 when that is not the point
    /// @param payload the frame without its length prefix
    record Bomb(String name, RequestField field, int groupsDeep, ByteString payload) {
        @Override
        public String toString() {
            return name + " in " + field;
        }
    }

    private final long requestId;
    private final int bytesMax;
    private final List<Bomb> all = new ArrayList<>();

    private Bombs(long requestId, int bytesMax) {
        this.requestId = requestId;
        this.bytesMax = bytesMax - AROUND_BYTES;
    }

    /// Every one that can be made of the schema.
    ///
    /// @param bytesMax of a payload
    static List<Bomb> all(long requestId, int bytesMax) {
        Bombs bombs = new Bombs(requestId, bytesMax);
        RequestField.all().forEach(bombs::addFor);
        return bombs.all;
    }

    private void addFor(RequestField field) {
        if (field.last().getJavaType() == JavaType.MESSAGE) {
            addUnknown(field);
            addGroups(field);
            ByteString empty = RequestField.lengthDelimited(field.last().getNumber(), bytes());
            add("empty messages over and over", field, outside(field, fill(empty)));
        } else if (isLengthDelimited(field.last())) {
            add("the longest text", field, field.requestOf(requestId, fill(bytes('x'))));
            // Marks that belong above and below, in the order that Unicode's normal forms change.
            ByteString marks = ByteString.copyFromUtf8("\u0301\u0323");
            add("marks upon marks", field, field.requestOf(requestId, fill(marks)));
        }
        if (field.last().isRepeated()) {
            addRepeated(field);
        }
    }

    private void addUnknown(RequestField field) {
        inside("one unknown number", field, fill(tag(UNUSED, VARINT).concat(bytes(1))));
        inside("unknown numbers", field, fill(i -> tag(UNUSED + i, VARINT).concat(bytes(1))));
        inside("one unknown empty text", field, fill(tag(UNUSED, 2).concat(bytes(0))));
        inside("unknown empty texts", field, fill(i -> tag(UNUSED + i, 2).concat(bytes(0))));
        inside("unknown fixed32", field, fill(tag(UNUSED, FIXED32).concat(bytes(1, 1, 1, 1))));
        inside(
                "unknown fixed64",
                field,
                fill(tag(UNUSED, FIXED64).concat(bytes(1, 1, 1, 1, 1, 1, 1, 1))));
        inside("a long unknown text", field, RequestField.lengthDelimited(UNUSED, fill(bytes(0))));
    }

    private void addGroups(RequestField field) {
        ByteString begin = tag(15, GROUP);
        ByteString end = tag(15, GROUP_END);
        inside("empty groups", field, fill(begin.concat(end)));
        inside(
                "different empty groups",
                field,
                fill(i -> tag(UNUSED + i, GROUP).concat(tag(UNUSED + i, GROUP_END))));
        for (int depth : new int[] {50, 97, 98, 99, 100, 101, 102, 1_000, bytesMax / 2}) {
            ByteString nested = times(begin, depth).concat(times(end, depth));
            String name = depth + " groups in each other";
            ByteString payload = ByteString.copyFrom(field.requestOf(requestId, nested));
            all.add(new Bomb(name, field, depth, payload));
        }
        inside(
                "groups 90 deep, one after the other",
                field,
                fill(times(begin, 90).concat(times(end, 90))));
        inside("groups that do not end", field, fill(begin));
        inside("groups that never began", field, fill(end));
        inside("its first field as a group", field, fill(tag(1, GROUP).concat(tag(1, GROUP_END))));
    }

    private void addRepeated(RequestField field) {
        int number = field.last().getNumber();
        if (isLengthDelimited(field.last())) {
            ByteString empty = RequestField.lengthDelimited(number, bytes());
            add("empty texts", field, outside(field, fill(empty)));
            return;
        }
        ByteString one = tag(number, VARINT).concat(bytes(1));
        add("numbers one by one", field, outside(field, fill(one)));
        add("packed numbers", field, field.requestOf(requestId, fill(bytes(1))));
        ByteString promise = tag(number, 2).concat(RequestField.varint(Integer.MAX_VALUE));
        add("packed numbers announced and not there", field, outside(field, promise));
    }

    private void inside(String name, RequestField field, ByteString value) {
        add(name, field, field.requestOf(requestId, value));
    }

    /// A request in which the field itself, encoded already, stands where it belongs.
    private byte[] outside(RequestField field, ByteString encoded) {
        if (field.path().size() == 1) {
            ByteString id = tag(1, VARINT).concat(RequestField.varint(requestId));
            return id.concat(encoded).toByteArray();
        }
        List<FieldDescriptor> around = field.path().subList(0, field.path().size() - 1);
        return new RequestField(around).requestOf(requestId, encoded);
    }

    private void add(String name, RequestField field, byte[] payload) {
        all.add(new Bomb(name, field, 0, ByteString.copyFrom(payload)));
    }

    private ByteString fill(ByteString with) {
        return times(with, bytesMax / with.size());
    }

    private ByteString fill(IntFunction<ByteString> with) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(bytesMax);
        ByteString next = with.apply(0);
        for (int i = 1; all.size() + next.size() <= bytesMax; i++) {
            all.writeBytes(next.toByteArray());
            next = with.apply(i);
        }
        return ByteString.copyFrom(all.toByteArray());
    }

    private static ByteString times(ByteString one, int times) {
        byte[] all = new byte[one.size() * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = one.byteAt(i % one.size());
        }
        return ByteString.copyFrom(all);
    }

    private static boolean isLengthDelimited(FieldDescriptor field) {
        return field.getJavaType() == JavaType.STRING
                || field.getJavaType() == JavaType.BYTE_STRING;
    }

    private static ByteString tag(int number, int wireType) {
        return RequestField.varint((long) number << 3 | wireType);
    }

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }
}
