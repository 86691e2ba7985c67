package localchat.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Timeout;

/// Turns called by the test, without a thread.
@Timeout(10)
class EventLoopTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> ran = new ArrayList<>();
    private final List<RuntimeException> faults = new ArrayList<>();
    private EventLoop loop;
    private int leftToRead;
    private int leftToFlush;
    private int leftToClose;
    private long emptySelects;
    private long replacedSelectors;

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
        loop.register(pipe.source(), SelectionKey.OP_READ, ready -> ran.add("ready"));
        loop.mailbox().post(() -> ran.add("mail"));
        loop.timers().after(0, () -> ran.add("timer"));
        loop.turn();
        assertEquals(List.of("ready", "read", "mail", "timer", "flush", "close", "ended"), ran);
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
        assertEquals(List.of("read", "flush", "close", "ended"), ran);
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

    @Test
    void doesNotSleepWhileAStageHasWorkLeft() {
        leftToRead = 2;
        leftToFlush = 3;
        leftToClose = 4;
        loop.mailbox().post(() -> {});
        for (int i = 0; i < 4; i++) {
            loop.turn();
        }
        assertEquals(0, leftToRead + leftToFlush + leftToClose);
    }

    @Test
    void makesTheSelectorAnewWhenItSpinsWithoutWorkAndLosesNoChannel() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        loop.register(pipe.source(), SelectionKey.OP_READ, ready -> ran.add("ready"));
        for (int i = 0; i < 1_023; i++) {
            // An interrupted thread's select returns at once, with nothing.
            Thread.currentThread().interrupt();
            loop.turn();
        }
        assertTrue(Thread.interrupted());
        assertEquals(List.of(1_022L, 1L), List.of(emptySelects, replacedSelectors));
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        ran.clear();
        loop.turn();
        assertEquals("ready", ran.getFirst());
    }

    @Test
    void countsEmptySelectsAnewAfterEachThatHadWork() throws IOException {
        for (int i = 0; i < 1_200; i++) {
            if (i % 500 == 499) {
                loop.mailbox().post(() -> {});
            }
            Thread.currentThread().interrupt();
            loop.turn();
        }
        assertTrue(Thread.interrupted());
        assertEquals(0, replacedSelectors);
    }

    private final class RecordingStages implements TurnStages {
        @Override
        public boolean onRead() {
            ran.add("read");
            leftToRead = Math.max(0, leftToRead - 1);
            return leftToRead > 0;
        }

        @Override
        public boolean onFlush() {
            ran.add("flush");
            leftToFlush = Math.max(0, leftToFlush - 1);
            return leftToFlush > 0;
        }

        @Override
        public boolean onCloseDoomed() {
            ran.add("close");
            leftToClose = Math.max(0, leftToClose - 1);
            return leftToClose > 0;
        }

        @Override
        public void onEmptySelect(boolean replaced) {
            emptySelects += replaced ? 0 : 1;
            replacedSelectors += replaced ? 1 : 0;
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
