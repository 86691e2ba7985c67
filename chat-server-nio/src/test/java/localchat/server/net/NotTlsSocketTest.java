package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import localchat.core.identity.DeviceKey;
import localchat.core.model.CloseReason;
import localchat.server.ChatServer;
import localchat.server.LogLines;
import localchat.server.RawTls;
import localchat.server.TestLimits;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import localchat.server.counters.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever connects to a server that speaks TLS and does not speak it, or not to its end: closed,
/// counted by a name, nothing in the log that looks like a fault, and the loop rests.
class NotTlsSocketTest {
    private static final int PATIENCE_SECONDS = 60;

    /// Strangers of a kind in one test.
    private static final int STRANGERS = 50;

    /// Handshakes that stall at one time.
    private static final int STALLED = 2_000;

    /// Turns of a loop that has nothing to do but its timers, in one second, with a margin for
    /// whoever else uses the machine. A loop that spins makes a hundred thousand.
    private static final long IDLE_TURNS_MAX = 200;

    private final DeviceKey key = DeviceKey.generate();
    private final List<Socket> held = new ArrayList<>();
    private LogLines log;
    private ChatServer server;

    @BeforeEach
    void start() {
        log = new LogLines();
    }

    private void serve(long loginMillis) throws IOException {
        server =
                TestServers.startEncrypted(limits ->
                        TestLimits.with(
                                limits, "loginNanos", TimeUnit.MILLISECONDS.toNanos(loginMillis)));
    }

    @AfterEach
    void othersComeInAndNothingIsWrong() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
        comeIn();
        server.close();
        log.close();
        assertEquals(List.of(), log.complaints());
        assertEquals(0, server.counters().published(Counter.FAULTS));
    }

    /// On a machine that is busy otherwise a login may take longer than the server of a test
    /// allows: a person tries again.
    private void comeIn() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try (TestPeer ana = TestPeer.login(server, "Ana", key)) {
                ana.join("general");
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline >= 0) {
                    throw e;
                }
            }
        }
    }

    private Socket connected() throws IOException {
        InetSocketAddress address = server.listening().getFirst();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        held.add(socket);
        return socket;
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "waited in vain for " + what);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void awaitClosed(CloseReason reason, long count) throws InterruptedException {
        await(() -> server.counters().published(reason) >= count, count + " of " + reason);
        assertEquals(count, server.counters().published(reason));
    }

    private void say(byte[] bytes) throws IOException {
        for (int i = 0; i < STRANGERS; i++) {
            try {
                connected().getOutputStream().write(bytes);
            } catch (IOException e) {
                // Closed before it had said everything.
            }
        }
    }

    private void assertRefused(byte[] said) throws Exception {
        serve(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        say(said);
        awaitClosed(CloseReason.HANDSHAKE_FAILED, STRANGERS);
        for (Socket socket : held) {
            assertEnds(socket);
        }
    }

    private static void assertEnds(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // A reset is an end as well.
        }
    }

    @Test
    void closesBrowsers() throws Exception {
        assertRefused(ascii("GET / HTTP/1.1\r\nHost: chat\r\nAccept: */*\r\n\r\n"));
    }

    @Test
    void closesShells() throws Exception {
        assertRefused(ascii("SSH-2.0-OpenSSH_9.9\r\n"));
    }

    @Test
    void closesRandomBytes() throws Exception {
        byte[] random = new byte[4_096];
        new Random(30).nextBytes(random);
        random[0] = 'r'; // No type of a record.
        assertRefused(random);
    }

    /// A CLIENT-HELLO of SSL 2.0, as clients of the nineties sent it: with three cipher specs of
    /// it, no session, a challenge of 16 bytes.
    @Test
    void closesSsl2() throws Exception {
        byte[] hello = new byte[2 + 9 + 9 + 16];
        byte[] known = {
            (byte) 0x80,
            34,
            1,
            0,
            2,
            0,
            9,
            0,
            0,
            0,
            16,
            1,
            0,
            (byte) 0x80,
            7,
            0,
            (byte) 0xc0,
            3,
            0,
            (byte) 0x80
        };
        System.arraycopy(known, 0, hello, 0, known.length);
        assertRefused(hello);
    }

    /// A ClientHello that offers no version beyond TLS 1.2.
    @Test
    void closesTls12() throws Exception {
        assertRefused(RawTls.clientHello("TLSv1.2"));
    }

    @Test
    void closesDamagedHellos() throws Exception {
        byte[] hello = RawTls.clientHello();
        Arrays.fill(hello, 40, hello.length, (byte) 0xee);
        assertRefused(hello);
    }

    @Test
    void closesHellosThatAreNeverWhole() throws Exception {
        serve(2_000);
        byte[] hello = RawTls.clientHello();
        say(Arrays.copyOf(hello, hello.length / 2));
        awaitClosed(CloseReason.HANDSHAKE_TIMEOUT, STRANGERS);
        for (Socket socket : held) {
            assertEnds(socket);
        }
    }

    @Test
    void servesOthersWhileThousandsStallInTheHandshake() throws Exception {
        serve(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        byte[] hello = RawTls.clientHello();
        for (int i = 0; i < STALLED; i++) {
            connected().getOutputStream().write(hello);
        }
        for (Socket socket : held) {
            assertEquals(RawTls.HANDSHAKE, socket.getInputStream().read(), "it was answered");
        }
        long began = System.nanoTime();
        try (TestPeer bo = TestPeer.login(server, "Bo")) {
            bo.join("general");
        }
        System.out.printf(
                "a login beside %,d stalled handshakes took %,d ns%n",
                STALLED, System.nanoTime() - began);
        assertIdle("while handshakes stall");
        for (Socket socket : held) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        awaitClosed(CloseReason.PEER_RESET, STALLED);
    }

    @Test
    void closesWhoStallsLongestWhenTooManyDo() throws Exception {
        server = TestServers.startEncrypted(limits -> TestLimits.with(limits, "handshakesMax", 3));
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stalled.add(stalled());
        }
        try (TestPeer bo = TestPeer.login(server, "Bo")) {
            bo.join("general");
            assertEnds(stalled.get(0));
            awaitClosed(CloseReason.TOO_MANY_LOGINS, 1);
            Socket third = stalled();
            assertEquals(1, server.counters().published(CloseReason.TOO_MANY_LOGINS));
            stalled();
            assertEnds(stalled.get(1));
            awaitClosed(CloseReason.TOO_MANY_LOGINS, 2);
            third.close();
        }
    }

    private Socket stalled() throws IOException {
        Socket socket = connected();
        socket.getOutputStream().write(RawTls.clientHello());
        assertEquals(RawTls.HANDSHAKE, socket.getInputStream().read());
        return socket;
    }

    /// T34: they said that they are done and hold the connection; or the connection alone says it;
    /// or it is reset, before, within and after the handshake.
    @Test
    void letsGoOfWhoeverBreaksOffAndRests() throws Exception {
        serve(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        for (int i = 0; i < STRANGERS; i++) {
            secured().shutdownOutput();
        }
        awaitClosed(CloseReason.PEER_CLOSED, STRANGERS);
        assertIdle("while they hold what is closed");
        for (int i = 0; i < STRANGERS; i++) {
            Socket raw = connected();
            TestPeer.secured(raw, server.listening().getFirst()).startHandshake();
            raw.shutdownOutput();
        }
        awaitClosed(CloseReason.PEER_CLOSED, 2 * STRANGERS);
        assertIdle("after connections ended without a word");
        resetAtEachStep();
        assertIdle("after resets");
    }

    private SSLSocket secured() throws IOException {
        SSLSocket socket = TestPeer.secured(connected(), server.listening().getFirst());
        socket.startHandshake();
        return socket;
    }

    private void resetAtEachStep() throws Exception {
        byte[] hello = RawTls.clientHello();
        long before = endings();
        List<byte[]> steps =
                List.of(new byte[0], Arrays.copyOf(hello, 3), Arrays.copyOf(hello, 60), hello);
        for (byte[] said : steps) {
            Socket socket = connected();
            socket.getOutputStream().write(said);
            reset(socket);
        }
        reset(stalled());
        Socket raw = connected();
        TestPeer.secured(raw, server.listening().getFirst()).startHandshake();
        reset(raw);
        await(() -> endings() == before + steps.size() + 2, "all that were reset");
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private long endings() {
        return server.counters().published(CloseReason.PEER_RESET)
                + server.counters().published(CloseReason.PEER_CLOSED);
    }

    /// Looks at one second; on a machine that is busy with others, at another one.
    private void assertIdle(String when) throws InterruptedException {
        long turns = Long.MAX_VALUE;
        for (int i = 0; i < 5 && turns > IDLE_TURNS_MAX; i++) {
            long before = server.counters().published(Counter.TURNS);
            TimeUnit.SECONDS.sleep(1); // The time in which turns are counted.
            turns = server.counters().published(Counter.TURNS) - before;
        }
        long counted = turns;
        assertTrue(counted <= IDLE_TURNS_MAX, () -> counted + " turns in a second " + when);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
