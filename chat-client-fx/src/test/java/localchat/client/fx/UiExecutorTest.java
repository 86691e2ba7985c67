package localchat.client.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FxExtension.class)
final class UiExecutorTest {
    private final UiExecutor executor = new UiExecutor();

    @Test
    void runsTasksOfOneThreadInOrderOnTheFxThread() {
        List<Integer> ran = new ArrayList<>();
        Thread.ofPlatform()
                .start(() ->
                        IntStream.range(0, 5_000)
                                .forEach(i ->
                                        executor.execute(() -> {
                                            assertTrue(Platform.isFxApplicationThread());
                                            ran.add(i);
                                        })));
        FxExtension.await("all tasks", () -> ran.size() == 5_000);
        assertEquals(IntStream.range(0, 5_000).boxed().toList(), ran);
    }

    @Test
    void runsWhatWaitsTogetherInOnePulse() {
        AtomicInteger pulses = new AtomicInteger();
        List<Integer> pulseOfTask = new ArrayList<>();
        AnimationTimer counter =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        pulses.incrementAndGet();
                    }
                };
        counter.start();
        for (int i = 0; i < 500; i++) {
            executor.execute(() -> pulseOfTask.add(pulses.get()));
        }
        FxExtension.await("all tasks", () -> pulseOfTask.size() == 500);
        counter.stop();
        assertEquals(1, pulseOfTask.stream().distinct().count());
    }

    @Test
    void holdsAFloodBackWithoutLosingAnything() {
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        int all = 3 * UiExecutor.TASKS_MAX;
        Thread.ofVirtual()
                .start(() -> {
                    for (int i = 0; i < all; i++) {
                        executor.execute(ran::incrementAndGet);
                        given.incrementAndGet();
                    }
                });
        AtomicInteger most = new AtomicInteger();
        FxExtension.await(
                "all tasks",
                () -> {
                    most.accumulateAndGet(given.get() - ran.get(), Math::max);
                    return ran.get() == all;
                });
        assertTrue(most.get() <= UiExecutor.TASKS_MAX + 1, "waited: " + most.get());
    }

    @Test
    void goesOnAfterATaskThatFails() {
        Thread.UncaughtExceptionHandler before =
                Thread.currentThread().getUncaughtExceptionHandler();
        List<Throwable> told = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, fault) -> told.add(fault));
        AtomicInteger ran = new AtomicInteger();
        executor.execute(() -> {
            throw new IllegalStateException("planned");
        });
        executor.execute(ran::incrementAndGet);
        FxExtension.await("the second task", () -> ran.get() == 1);
        Thread.currentThread().setUncaughtExceptionHandler(before);
        assertEquals(1, told.size());
    }
}
