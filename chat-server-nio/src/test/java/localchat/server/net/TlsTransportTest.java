package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import localchat.core.identity.ServerKey;
import localchat.core.identity.ServerTls;
import localchat.core.model.CloseReason;
import localchat.server.RawTls;
import localchat.server.loop.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/// What a transport lets an engine keep, and what it leaves undone when nobody waits for it.
class TlsTransportTest {
    private final ManualClock clock = new ManualClock();
    private final Work work = new Work();
    private final ByteBuffer target = ByteBuffer.allocate(Connections.READ_BYTES);
    private SocketChannel near;
    private SocketChannel far;

    /// Bytes that the engine of [#established] makes of what it is given.
    private int produced;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            near = SocketChannel.open(listening.getLocalAddress());
            far = listening.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        near.close();
        far.close();
    }

    private TlsTransport over(SSLEngine engine) {
        return new TlsTransport(
                far,
                engine,
                new TlsTransport.Shared(new TlsBuffers(), work, clock::nanos),
                () -> {});
    }

    private TlsTransport real() {
        return over(ServerTls.with(ServerKey.passing()).newEngine());
    }

    private void say(byte... bytes) throws IOException {
        near.write(ByteBuffer.wrap(bytes));
    }

    /// A record with the beginning of a message of 24 KiB.
    private static byte[] beginningOfAMessage(int bytes) {
        byte[] content = Arrays.copyOf(new byte[] {1, 0, 0x60, 0, 3, 3}, bytes);
        return RawTls.record(RawTls.HANDSHAKE, content);
    }

    @Test
    void countsWhatTheEngineKeepsOfAMessage() throws IOException {
        TlsTransport transport = real();
        byte[] record = beginningOfAMessage(10_000);
        say(record);
        assertEquals(0, transport.read(target));
        assertEquals(record.length, transport.bytesHeld());
        say(RawTls.beginning(RawTls.HANDSHAKE, 300, (byte) 1, (byte) 2));
        assertEquals(0, transport.read(target));
        assertEquals(record.length + 7, transport.bytesHeld());
    }

    @Test
    void takesAMessageOfTheHandshakeUpToItsLimit() throws IOException {
        TlsTransport transport = real();
        say(beginningOfAMessage(TlsTransport.MESSAGE_BYTES_MAX - RawTls.HEADER_BYTES));
        assertEquals(0, transport.read(target));
        assertEquals(TlsTransport.MESSAGE_BYTES_MAX, transport.bytesHeld());
        say(RawTls.record(RawTls.HANDSHAKE, (byte) 0));
        assertEquals(CloseReason.HANDSHAKE_FAILED, failure(transport));
    }

    private CloseReason failure(TlsTransport transport) {
        return assertThrows(Transport.FailedException.class, () -> transport.read(target)).reason();
    }

    @Test
    void holdsNothingOnceTheMessageIsWhole() throws IOException {
        TlsTransport transport = real();
        say(RawTls.clientHello());
        assertEquals(0, transport.read(target));
        assertTrue(transport.isSuspended());
        assertEquals(0, transport.bytesHeld());
    }

    @Test
    void cancelsTheWorkThatNobodyWaitsFor() throws IOException {
        TlsTransport closed = real();
        say(RawTls.clientHello());
        closed.read(target);
        assertEquals(1, work.waiting.size());
        closed.shutdownOutput();
        assertEquals(List.of(), work.waiting);
        closed.abort();
        assertEquals(List.of(), work.waiting);
    }

    @Test
    void lettingGoOfWhatCameItHearsTheEndAlone() throws IOException {
        TlsTransport transport = real();
        say(RawTls.beginning(RawTls.HANDSHAKE, 300, new byte[200]));
        transport.read(target);
        assertEquals(205, transport.bytesHeld());
        transport.forgetIncoming();
        assertEquals(0, transport.bytesHeld());
        say(new byte[100]);
        assertEquals(0, transport.read(target));
        assertEquals(0, transport.bytesHeld());
        near.shutdownOutput();
        assertEquals(Transport.END, transport.read(target));
    }

    /// A message after the handshake that is never whole, in records of 1,000 bytes.
    @Test
    void closesWhoHasTheEngineKeepMoreThanKeyUpdatesAre() throws IOException {
        TlsTransport transport = over(established());
        read(transport, 3);
        produced = 1;
        read(transport, 1);
        produced = 0;
        read(transport, TlsTransport.EMPTY_BYTES_MAX / 1_000);
        say(new byte[1_000]);
        assertEquals(CloseReason.KEY_UPDATE_FLOOD, failure(transport));
    }

    private void read(TlsTransport transport, int records) throws IOException {
        for (int i = 0; i < records; i++) {
            say(new byte[1_000]);
            assertEquals(produced, transport.read(target.clear()));
        }
    }

    /// An engine whose handshake is done, and that takes everything: no client of the platform
    /// sends what is meant here.
    private SSLEngine established() throws IOException {
        SSLEngine engine = Mockito.mock(SSLEngine.class);
        Mockito.when(engine.getHandshakeStatus()).thenReturn(HandshakeStatus.NOT_HANDSHAKING);
        Mockito.when(engine.unwrap(Mockito.any(ByteBuffer.class), Mockito.any(ByteBuffer.class)))
                .thenAnswer(call -> {
                    ByteBuffer incoming = call.getArgument(0);
                    ByteBuffer plain = call.getArgument(1);
                    int consumed = incoming.remaining();
                    incoming.position(incoming.limit());
                    plain.put(new byte[produced]);
                    return new SSLEngineResult(
                            Status.OK, HandshakeStatus.FINISHED, consumed, produced);
                });
        return engine;
    }

    /// Takes work and does none.
    private static final class Work implements HandshakeTasks {
        private final List<HandshakeJob> waiting = new ArrayList<>();

        @Override
        public boolean run(HandshakeJob job) {
            return waiting.add(job);
        }

        @Override
        public void cancel(HandshakeJob job) {
            waiting.remove(job);
        }
    }
}
