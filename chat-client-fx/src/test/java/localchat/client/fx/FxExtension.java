package localchat.client.fx;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Starts the headless toolkit once and runs the bodies of tests on the JavaFX thread.
public final class FxExtension implements BeforeAllCallback, InvocationInterceptor {
    /// Longest run of one test, its waits included.
    private static final Duration TEST_MAX = Duration.ofSeconds(60);

    /// Longest wait for one thing.
    private static final Duration AWAIT_MAX = Duration.ofSeconds(15);

    private static final class Toolkit {
        Toolkit() {
            System.setProperty("glass.platform", System.getProperty("glass.platform", "Headless"));
            System.setProperty("prism.order", System.getProperty("prism.order", "sw"));
            CompletableFuture<Boolean> started = new CompletableFuture<>();
            Platform.startup(() -> started.complete(true));
            Platform.setImplicitExit(false);
            started.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /// Runs pulses until the condition holds. On the JavaFX thread only.
    ///
    /// @param what named when it does not hold in time
    public static void await(String what, BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return;
        }
        Object key = new Object();
        long start = System.nanoTime();
        AnimationTimer timer =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        if (condition.getAsBoolean()
                                || System.nanoTime() - start > AWAIT_MAX.toNanos()) {
                            stop();
                            // A nested loop may not be left from within a pulse.
                            Platform.runLater(() -> Platform.exitNestedEventLoop(key, null));
                        }
                    }
                };
        timer.start();
        Platform.enterNestedEventLoop(key);
        if (!condition.getAsBoolean()) {
            throw new AssertionError("not in time: " + what);
        }
    }

    /// Runs so many pulses.
    public static void pulses(int count) {
        int[] left = {count};
        await(count + " pulses", () -> left[0]-- <= 0);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Toolkit.class, key -> new Toolkit(), Toolkit.class);
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation,
            ReflectiveInvocationContext<Constructor<T>> constructor,
            ExtensionContext context)
            throws Throwable {
        AtomicReference<T> made = new AtomicReference<>();
        onFxThread(() -> {
            made.set(invocation.proceed());
            return null;
        });
        return made.get();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        onFxThread(invocation);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        onFxThread(invocation);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        onFxThread(invocation);
    }

    private static void onFxThread(Invocation<Void> invocation) throws Throwable {
        CompletableFuture<Optional<Throwable>> outcome = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                invocation.proceed();
                outcome.complete(Optional.empty());
            } catch (Throwable failure) {
                outcome.complete(Optional.of(failure));
            }
        });
        Optional<Throwable> failure;
        try {
            failure = outcome.get(TEST_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the test did not end within " + TEST_MAX, e);
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
