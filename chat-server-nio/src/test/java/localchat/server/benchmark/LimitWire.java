package localchat.server.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The wire of [LimitServer]: an empty frame is the greeting and its answer, every other frame is
/// somebody's message.
final class LimitWire implements Wire {
    private final int frameBytes;

    /// @param frameBytes of a message, prefix included: as many as the chat's event has
    LimitWire(int frameBytes) {
        this.frameBytes = frameBytes;
    }

    @Override
    public void onConnected(Client client) throws IOException {
        client.send(new byte[PREFIX_BYTES]);
    }

    @Override
    public void onFrame(Client client, ByteBuffer in, int at, int length) throws IOException {
        if (length > 0) {
            client.onDelivery();
            if (client.examines()) {
                client.onStamp(in, at);
            }
        } else {
            client.onReady();
        }
    }

    @Override
    public FrameTemplate template(Client client, int room) {
        byte[] frame = new byte[frameBytes];
        Arrays.fill(frame, (byte) 'x');
        ByteBuffer.wrap(frame).putInt(frameBytes - PREFIX_BYTES);
        return (dueNanos, stream, sequence) -> {
            Stamp.write(frame, PREFIX_BYTES, dueNanos, stream, sequence);
            return frame;
        };
    }
}
