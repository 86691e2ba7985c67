package localchat.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Turns called by the test, without a thread.
class EventLoopTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> ran = new ArrayList<>();
    private final List<RuntimeException> faults = new ArrayList<>();
    private EventLoop loop;

    @BeforeEach
    void open() throws IOException {
        loop = new EventLoop(clock, new RecordingStages());
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
    }

    @Test
    void doesItsStagesInOrder() throws IOException {
        Pipe pipe = readablePipe();
        loop.register(pipe.source(), SelectionKey.OP_READ, ready -> ran.add("read"));
        loop.mailbox().post(() -> ran.add("mail"));
        loop.timers().after(0, () -> ran.add("timer"));
        loop.turn();
        assertEquals(List.of("read", "mail", "timer", "flush", "close", "ended"), ran);
    }

    @Test
    void goesOnAfterAFaultInAChannelALetterAndATimer() throws IOException {
        Pipe pipe = readablePipe();
        loop.register(
                pipe.source(),
                SelectionKey.OP_READ,
                ready -> {
                    throw new IllegalStateException("channel");
                });
        loop.mailbox()
                .post(() -> {
                    throw new IllegalStateException("letter");
                });
        loop.timers()
                .after(
                        0,
                        () -> {
                            throw new IllegalStateException("timer");
                        });
        loop.turn();
        assertEquals(
                List.of("channel", "letter", "timer"),
                faults.stream().map(Throwable::getMessage).toList());
        assertEquals(List.of("flush", "close", "ended"), ran);
    }

    @Test
    void anotherThreadMayNotTurnIt() throws InterruptedException {
        loop.owner().bind();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread stranger =
                Thread.ofPlatform()
                        .start(() ->
                                thrown.set(assertThrows(AssertionError.class, () -> loop.turn())));
        stranger.join();
        assertEquals(AssertionError.class, thrown.get().getClass());
    }

    private static Pipe readablePipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        return pipe;
    }

    private final class RecordingStages implements TurnStages {
        @Override
        public boolean onFlush() {
            ran.add("flush");
            return false;
        }

        @Override
        public void onCloseDoomed() {
            ran.add("close");
        }

        @Override
        public void onFault(RuntimeException fault) {
            faults.add(fault);
        }

        @Override
        public void onTurnEnded(long nanosBusy) {
            ran.add("ended");
        }
    }
}
