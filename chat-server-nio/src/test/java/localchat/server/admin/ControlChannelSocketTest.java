package localchat.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import localchat.server.LogLines;
import localchat.server.admin.ControlChannel.Times;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The control channel over its real socket, with an operator that answers as the test says.
class ControlChannelSocketTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir private Path folder;
    private final FakeOperator operator = new FakeOperator();
    private ControlChannel channel;

    @BeforeEach
    void open() throws IOException {
        channel = ControlChannel.open(folder, operator);
    }

    @AfterEach
    void close() {
        channel.close();
    }

    private void reopen(Times times) throws IOException {
        channel.close();
        channel = ControlChannel.open(folder, operator, times);
    }

    private Answer ask(ControlRequest request) throws IOException {
        return ControlClient.ask(folder, request);
    }

    private Answer askForInvite() throws IOException {
        return ask(new ControlRequest.CreateInvite(new InviteWish(1, 60)));
    }

    private String refusal(Answer answer) {
        return assertInstanceOf(Answer.Refused.class, answer).reason();
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("control.sock")));
    }

    private String say(String bytes) throws IOException {
        try (SocketChannel raw = connect()) {
            raw.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)));
            return ControlLines.read(raw).orElse("");
        }
    }

    /// Nothing but the end comes.
    private static void assertEnds(SocketChannel raw) throws IOException {
        try {
            assertEquals(-1, raw.read(ByteBuffer.allocate(1)));
        } catch (SocketException e) {
            // Reset: an end too.
        }
    }

    @Test
    void givesTheLink() throws IOException {
        assertEquals(
                new Answer.Text("localchat://192.0.2.1:7667/?key=k"),
                ask(new ControlRequest.Link()));
    }

    @Test
    void saysWhyThereIsNoLink() throws IOException {
        operator.link(new Answer.Refused("it is not encrypted"));
        assertEquals(new Answer.Refused("it is not encrypted"), ask(new ControlRequest.Link()));
    }

    @Test
    void handsOverWishesAsTheyAre() throws IOException {
        operator.invite(answer -> answer.accept(new Answer.Text("CODE")));
        InviteWish wish = new InviteWish(7, 12 * 3600);
        assertEquals(new Answer.Text("CODE"), ask(new ControlRequest.CreateInvite(wish)));
        assertEquals(List.of(wish), operator.wishes());
    }

    @Test
    void saysThatNoInviteIsNeeded() throws IOException {
        assertEquals(new Answer.NotNeeded(), askForInvite());
    }

    @Test
    void takesAnAnswerFromAnotherThread() throws IOException {
        operator.invite(
                answer -> Thread.ofPlatform().start(() -> answer.accept(new Answer.Text("LATER"))));
        assertEquals(new Answer.Text("LATER"), askForInvite());
    }

    @Test
    void takesTheFirstOfTwoAnswers() throws IOException {
        operator.invite(answer -> {
            answer.accept(new Answer.Text("ONE"));
            answer.accept(new Answer.Text("TWO"));
        });
        assertEquals(new Answer.Text("ONE"), askForInvite());
    }

    @Test
    void refusesWhenTheServerDoesNotAnswerInTime() throws IOException {
        reopen(new Times(LONG, SHORT));
        operator.invite(answer -> {});
        assertTrue(refusal(askForInvite()).contains("did not answer within"));
    }

    @Test
    void refusesWhenTheServerFailsAndGoesOn() throws IOException {
        try (LogLines log = new LogLines()) {
            operator.invite(answer -> {
                throw new IllegalStateException("broken on purpose");
            });
            assertTrue(refusal(askForInvite()).contains("its log says why"));
            assertEquals(List.of("WARN: a command failed"), log.complaints());
        }
        assertInstanceOf(Answer.Text.class, ask(new ControlRequest.Link()));
    }

    @Test
    void refusesWhatIsNoRequest() throws IOException {
        assertEquals("error this is not a request of chat-server", say("GET / HTTP/1.1\r\n\r\n"));
        assertEquals(List.of(), operator.wishes());
    }

    @Test
    void refusesARequestLongerThanAPage() throws IOException {
        String longest = "x".repeat(ControlLines.BYTES_MAX - 2);
        assertEquals("error this is not a request of chat-server", say(longest + "\n"));
        assertEquals("error this is not a request of chat-server", say(longest + "x\n"));
        String tooLong = "error a command and its answer have at most 4096 bytes";
        assertEquals(tooLong, say(longest + "xx"));
        assertEquals(tooLong, say(longest + "xxx\n"));
    }

    @Test
    void understandsARequestThatComesByteByByte() throws IOException {
        try (SocketChannel raw = connect()) {
            for (byte each : "localchat-control 1 link\n".getBytes(StandardCharsets.UTF_8)) {
                raw.write(ByteBuffer.wrap(new byte[] {each}));
            }
            assertTrue(ControlLines.read(raw).orElseThrow().startsWith("ok localchat://"));
        }
    }

    @Test
    void endsAConnectionThatIsSilent() throws IOException {
        reopen(new Times(SHORT, LONG));
        try (SocketChannel raw = connect()) {
            assertEnds(raw);
        }
    }

    @Test
    void endsAConnectionThatDoesNotFinishItsRequest() throws IOException {
        reopen(new Times(SHORT, LONG));
        try (SocketChannel raw = connect()) {
            raw.write(ByteBuffer.wrap("localchat-control 1 li".getBytes(StandardCharsets.UTF_8)));
            assertEnds(raw);
        }
    }

    @Test
    void endsAConnectionThatHangsUpInARequest() throws IOException {
        try (SocketChannel raw = connect()) {
            raw.write(ByteBuffer.wrap("localchat".getBytes(StandardCharsets.UTF_8)));
            raw.shutdownOutput();
            assertEnds(raw);
        }
    }

    @Test
    void takesFourConnectionsAtATime() throws Exception {
        reopen(new Times(LONG, LONG));
        BlockingQueue<Consumer<Answer>> waiting = new LinkedBlockingQueue<>();
        operator.invite(waiting::add);
        List<SocketChannel> busy = new ArrayList<>();
        List<Consumer<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < ControlChannel.CONNECTIONS_MAX; i++) {
            SocketChannel raw = connect();
            ControlLines.write(raw, new ControlRequest.CreateInvite(new InviteWish(1, 0)).line());
            busy.add(raw);
            answers.add(waiting.take());
        }
        assertEquals(
                "4 commands are being answered already: try again",
                refusal(ask(new ControlRequest.Link())));
        answers.getFirst().accept(new Answer.NotNeeded());
        assertEquals("unneeded", ControlLines.read(busy.getFirst()).orElseThrow());
        assertInstanceOf(Answer.Text.class, askUntilThereIsAPlace());
        for (SocketChannel each : busy) {
            each.close();
        }
    }

    /// The place of a connection is free a moment after its answer was read.
    private Answer askUntilThereIsAPlace() throws IOException {
        for (int attempt = 0; attempt < 100_000; attempt++) {
            if (ask(new ControlRequest.Link()) instanceof Answer.Text text) {
                return text;
            }
        }
        throw new AssertionError("no place became free");
    }

    @Test
    void removesItsSocketAndEndsConnectionsWhenItCloses() throws IOException {
        try (SocketChannel raw = connect()) {
            channel.close();
            assertEnds(raw);
        }
        assertFalse(Files.exists(folder.resolve("control.sock")));
        assertSaysThatNobodyRuns();
    }

    @Test
    void answersNoMoreWhenItCloses() throws Exception {
        Semaphore asked = new Semaphore(0);
        operator.invite(answer -> asked.release());
        try (SocketChannel raw = connect()) {
            ControlLines.write(raw, new ControlRequest.CreateInvite(new InviteWish(1, 0)).line());
            asked.acquire();
            channel.close();
            assertEnds(raw);
        }
    }

    private void assertSaysThatNobodyRuns() {
        IOException nobody = assertThrows(IOException.class, () -> ask(new ControlRequest.Link()));
        assertTrue(
                nobody.getMessage().startsWith("no server runs on the data folder " + folder + ","),
                nobody::toString);
    }

    @Test
    void saysThatNobodyRunsWhenAKilledServerLeftItsSocket() throws IOException {
        channel.close();
        ControlSocket.bind(folder, folder).channel().close();
        assertSaysThatNobodyRuns();
    }

    @Test
    void saysThatAServerDoesNotAnswer() throws IOException {
        channel.close();
        ControlSocket deaf = ControlSocket.bind(folder, folder);
        IOException late =
                assertThrows(
                        IOException.class,
                        () -> ControlClient.ask(folder, new ControlRequest.Link(), SHORT));
        assertTrue(late.getMessage().contains("did not answer within"), late::toString);
        deaf.remove();
    }
}
