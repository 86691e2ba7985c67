package localchat.server.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;

/// A field of a request, however deep, found by walking through the schema: `post.message.text`.
///
/// @param path the fields from the kind on, each inside the one before
record RequestField(List<FieldDescriptor> path) {
    /// Number of the field for the request's id, as a tag of a varint.
    private static final int REQUEST_ID_TAG = 8;

    RequestField {
        path = List.copyOf(path);
    }

    /// Every field below the kinds of [ClientFrame].
    static List<RequestField> all() {
        List<RequestField> found = new ArrayList<>();
        for (FieldDescriptor kind : ClientFrame.getDescriptor().getFields()) {
            if (kind.getContainingOneof() != null) {
                collect(List.of(kind), found);
            }
        }
        return found;
    }

    private static void collect(List<FieldDescriptor> path, List<RequestField> found) {
        found.add(new RequestField(path));
        if (path.getLast().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            for (FieldDescriptor inner : path.getLast().getMessageType().getFields()) {
                List<FieldDescriptor> deeper = new ArrayList<>(path);
                deeper.add(inner);
                collect(deeper, found);
            }
        }
    }

    FieldDescriptor last() {
        return path.getLast();
    }

    /// The kind of request that it is in.
    KindCase kind() {
        KindCase kind = KindCase.forNumber(path.getFirst().getNumber());
        if (kind == null) {
            throw new AssertionError(path.getFirst() + " is no kind");
        }
        return kind;
    }

    /// A request with this field alone in it, as a payload without its length prefix.
    ///
    /// @param value what the field holds: text, bytes, or the encoded message
    byte[] requestOf(long requestId, ByteString value) {
        ByteString inner = value;
        for (FieldDescriptor field : path.reversed()) {
            inner = lengthDelimited(field.getNumber(), inner);
        }
        return after(varint(REQUEST_ID_TAG).concat(varint(requestId)), inner);
    }

    /// A valid request with one more value of this field behind it: of a single field the last
    /// counts, a message is merged.
    byte[] sampleWith(ClientFrame sample, ByteString value) {
        byte[] added = requestOf(sample.getRequestId(), value);
        return after(sample.toByteString(), ByteString.copyFrom(added));
    }

    private static byte[] after(ByteString first, ByteString second) {
        return first.concat(second).toByteArray();
    }

    /// A tag of wire type 2, the length and the bytes.
    static ByteString lengthDelimited(int number, ByteString value) {
        return varint(number << 3 | 2).concat(varint(value.size())).concat(value);
    }

    static ByteString varint(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeUInt64NoTag(value);
            out.flush();
        } catch (IOException e) {
            throw new AssertionError("an array does not fail", e);
        }
        return ByteString.copyFrom(bytes.toByteArray());
    }

    /// As in the schema, joined by points.
    @Override
    public String toString() {
        return path.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
    }
}
