package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteLogTest extends MessageLogContract {
    @TempDir Path folder;

    private final StoreFixture fixture = new StoreFixture(store);

    @Override
    void open() throws IOException {
        fixture.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Override
    void together(Runnable offers) {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        fixture.points =
                point -> {
                    reached.countDown();
                    await(go);
                };
        store.offer(store.next(OTHER_ROOM, StoreUnderTest.ANA, StoreUnderTest.text("holds")));
        await(reached);
        offers.run();
        fixture.points = StoragePoints.NONE;
        go.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    void expireNow() {
        fixture.expireNow();
    }
}
