package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import localchat.core.identity.ClientTls;
import localchat.core.identity.ServerKey;
import localchat.core.identity.ServerTls;
import localchat.core.model.ServerAddress;
import localchat.fuzz.FuzzInput;

/// A client of TLS whose bytes come in any pieces, changed, doubled, left out, cut off: what the
/// server reads is the beginning of what the client said, all of it when nothing was changed, and
/// it holds no more than a record and a message for whoever is not let in. Anything else ends the
/// connection in one way.
///
/// Input: steps, each a byte for what happens and what it needs.
public final class TlsTransportFuzz {
    private static final int STEPS_MAX = 60;
    private static final int READS_MAX = 10_000;

    /// What may be held of whoever is not let in: a record, and a message that is not whole.
    private static final int STRANGERS_BYTES_MAX =
            TlsBuffers.RECORD_BYTES_MAX + TlsTransport.MESSAGE_BYTES_MAX;

    private static final ServerTls TLS = ServerTls.with(ServerKey.passing());
    private static final ClientTls CLIENT = new ClientTls();
    private static final TlsBuffers BUFFERS = new TlsBuffers();

    private final List<HandshakeJob> jobs = new ArrayList<>();
    private final PipedChannel channel = new PipedChannel();
    private final SSLEngine client = CLIENT.newEngine(new ServerAddress("fuzz", 1));
    private final TlsTransport transport =
            new TlsTransport(
                    channel,
                    TLS.newEngine(),
                    new TlsTransport.Shared(BUFFERS, new Waiting(), () -> 0),
                    () -> {});
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final ByteBuffer target = ByteBuffer.allocate(Connections.READ_BYTES);

    /// What the client has made and the network has not brought yet.
    private byte[] underway = {};

    private ByteBuffer answers = ByteBuffer.allocate(0);
    private boolean changed;
    private boolean ended;

    private TlsTransportFuzz() throws SSLException {
        client.beginHandshake();
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws SSLException {
        TlsTransportFuzz connection = new TlsTransportFuzz();
        FuzzInput input = new FuzzInput(bytes);
        try {
            for (int i = 0; i < STEPS_MAX && input.hasMore() && !connection.ended; i++) {
                connection.step(input);
            }
        } catch (SSLException e) {
            // The client complains of the server, to whom something else was said than it thinks.
            if (!connection.changed) {
                throw e;
            }
        }
        connection.end();
    }

    /// What another thread would do, done when a step says so.
    private final class Waiting implements HandshakeTasks {
        @Override
        public boolean run(HandshakeJob job) {
            jobs.add(job);
            return true;
        }

        @Override
        public void cancel(HandshakeJob job) {
            jobs.remove(job);
        }
    }

    private void step(FuzzInput input) throws SSLException {
        switch (input.below(10)) {
            case 0, 1 -> exchange();
            case 2 -> say(input.bytes(input.below(256)));
            case 3 -> say(new byte[input.below(256) * 300]);
            case 4 -> bring(input.below(256));
            case 5 -> bring(underway.length);
            case 6 -> change(input);
            case 7 -> {
                changed = true;
                channel.give(input.bytes(input.below(256)));
                read();
            }
            case 8 -> {
                int bytes = input.below(256);
                channel.takes(bytes == 255 ? Integer.MAX_VALUE : bytes);
            }
            default -> work();
        }
    }

    /// Both sides say what they have to say, until they wait for something else.
    private void exchange() throws SSLException {
        for (int i = 0; i < 20 && !ended; i++) {
            clientTurn();
            bring(underway.length);
            work();
        }
    }

    private void clientTurn() throws SSLException {
        answers = ByteBuffer.wrap(joined(rest(answers), channel.written()));
        for (int i = 0; i < 50; i++) {
            HandshakeStatus status = client.getHandshakeStatus();
            switch (status) {
                case NEED_TASK -> {
                    for (Runnable task = client.getDelegatedTask();
                            task != null;
                            task = client.getDelegatedTask()) {
                        task.run();
                    }
                }
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                default -> {
                    SSLEngineResult result =
                            client.unwrap(answers, ByteBuffer.allocate(Connections.READ_BYTES));
                    if (result.bytesConsumed() == 0 && result.getHandshakeStatus() == status) {
                        return;
                    }
                }
            }
        }
    }

    private int wrap(ByteBuffer plain) throws SSLException {
        ByteBuffer encrypted = ByteBuffer.allocate(TlsBuffers.RECORD_BYTES_MAX);
        SSLEngineResult result = client.wrap(plain, encrypted);
        underway = joined(underway, rest(encrypted.flip()));
        return result.bytesConsumed();
    }

    private void say(byte[] text) throws SSLException {
        if (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                || client.isOutboundDone()) {
            return;
        }
        ByteBuffer plain = ByteBuffer.wrap(text);
        int taken = 1;
        while (plain.hasRemaining() && taken > 0) {
            taken = wrap(plain);
        }
        said.write(text, 0, plain.position());
    }

    private void change(FuzzInput input) {
        int at = input.below(256) * 256 + input.below(256);
        int how = input.below(4);
        int value = input.below(256);
        if (underway.length == 0) {
            return;
        }
        at %= underway.length;
        changed = true;
        switch (how) {
            case 0 -> underway[at] = (byte) value;
            case 1 -> underway[at] ^= (byte) (1 << (value & 7));
            case 2 ->
                    underway =
                            joined(
                                    Arrays.copyOf(underway, at),
                                    Arrays.copyOfRange(
                                            underway,
                                            Math.min(underway.length, at + value),
                                            underway.length));
            default -> underway = joined(underway, Arrays.copyOf(underway, at));
        }
    }

    private void bring(int bytes) {
        int count = Math.min(bytes, underway.length);
        channel.give(Arrays.copyOf(underway, count));
        underway = Arrays.copyOfRange(underway, count, underway.length);
        read();
    }

    private void work() {
        List<HandshakeJob> waiting = List.copyOf(jobs);
        jobs.clear();
        for (HandshakeJob job : waiting) {
            job.tasks().forEach(Runnable::run);
            job.done().run();
        }
        read();
    }

    /// As a connection reads in its turns, until nothing comes.
    private void read() {
        for (int i = 0; !ended; i++) {
            assertTrue(i < READS_MAX, "reading does not come to an end");
            try {
                int count = transport.read(target.clear());
                ended = count == Transport.END;
                heard.write(target.array(), 0, Math.max(0, count));
                transport.flush();
                assertHeld();
                if (count <= 0 && (!channel.hasReadable() || transport.isSuspended())) {
                    return;
                }
            } catch (IOException e) {
                ended = true;
            }
        }
    }

    private void assertHeld() {
        int held = transport.bytesHeld();
        boolean letIn = transport.isEstablished();
        int most = letIn ? Connections.READ_BYTES : STRANGERS_BYTES_MAX;
        assertTrue(held <= most, held + " bytes held");
    }

    private void end() throws SSLException {
        channel.takes(Integer.MAX_VALUE);
        if (!changed) {
            flush();
            exchange();
            bring(underway.length);
        }
        byte[] all = said.toByteArray();
        byte[] got = heard.toByteArray();
        assertArrayEquals(Arrays.copyOf(all, Math.min(got.length, all.length)), got);
        if (!changed) {
            assertEquals(all.length, got.length, "said and not heard");
            assertTrue(transport.isEstablished(), "no handshake");
        }
        channel.end();
        work();
        read();
        transport.close();
        assertEquals(0, transport.bytesHeld());
    }

    private void flush() {
        try {
            transport.flush();
        } catch (IOException e) {
            throw new AssertionError("nothing is broken", e);
        }
    }

    private static byte[] rest(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
