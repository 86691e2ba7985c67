package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog.PageAnchor;
import localchat.server.room.PostOutcome;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same random posts, to the log in memory and to the one on disk: both decide alike, and give
/// alike events, pages and markers, over restarts of the second too.
class LogsAgreeFuzzTest {
    private static final int POSTS = 1_500;
    private static final int ROOMS = 3;
    private static final int PEOPLE = 4;

    @TempDir Path folder;

    private final StoreUnderTest memory = new StoreUnderTest();
    private final StoreUnderTest disk = new StoreUnderTest();
    private final StoreFixture fixture = new StoreFixture(disk);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void inMemoryAndOnDisk(long seed) throws Exception {
        Random random = new Random(seed);
        memory.use(new MemoryLog(new Id128(1, 1), memory.nowMillis::get, memory.letters::add));
        fixture.open(folder);
        for (StoreUnderTest store : List.of(memory, disk)) {
            store.addPublicRoom(1);
            store.addPrivateRoom(2, true, 1, 2, 3);
            store.addPrivateRoom(3, false, 2, 1);
        }
        for (int i = 0; i < POSTS; i++) {
            long now = memory.nowMillis.addAndGet(random.nextInt(50));
            disk.nowMillis.set(now);
            LogPost post = randomPost(random);
            PostOutcome expected = memory.post(post);
            PostOutcome found = disk.post(post);
            assertEquals(summary(expected), summary(found), "post " + i + ": " + post.body());
            if (random.nextInt(20) == 0) {
                markRead(random);
            }
            if (random.nextInt(300) == 0) {
                fixture.close();
                fixture.open(folder);
            }
            if (random.nextInt(10) == 0) {
                compare(random);
            }
        }
        fixture.close();
    }

    private static String summary(PostOutcome outcome) {
        return switch (outcome) {
            case PostOutcome.Stored stored -> "stored " + stored.seq() + " " + stored.timeMillis();
            case PostOutcome.Duplicate same -> "same " + same.seq() + " " + same.timeMillis();
            case PostOutcome.Refused refused -> refused.code() + " " + refused.text();
        };
    }

    private static LogPost randomPost(Random random) {
        long roomId = 1L + random.nextInt(ROOMS);
        long senderId = 1L + random.nextInt(PEOPLE);
        // Few ids, so that posts come again: with the same body, another one, in another room.
        return StoreUnderTest.logPost(roomId, senderId, random.nextInt(POSTS), randomBody(random));
    }

    private static EventBody randomBody(Random random) {
        long target = 1L + random.nextInt(40);
        long userId = 1L + random.nextInt(PEOPLE);
        MessageText text = new MessageText("text " + random.nextInt(100));
        return switch (random.nextInt(13)) {
            case 0, 1 -> new EventBody.Edit(target, text);
            case 2 -> new EventBody.Delete(target);
            case 3, 4 ->
                    new EventBody.Reaction(
                            target, new Emoji("e" + random.nextInt(3)), random.nextBoolean());
            case 5 -> new EventBody.Pin(target, random.nextInt(3) == 0);
            case 6 -> new EventBody.Topic(new RoomTopic("topic " + random.nextInt(10)));
            case 7 -> new EventBody.Rename(new RoomName("name" + random.nextInt(10)));
            case 8 -> new EventBody.Settings(new RoomSettings(0, 0, random.nextBoolean()));
            case 9 -> {
                MembershipChange[] changes = MembershipChange.values();
                yield new EventBody.Membership(
                        userId,
                        StoreUnderTest.name(userId),
                        changes[random.nextInt(changes.length)]);
            }
            default -> new EventBody.Message(text, 0, random.nextBoolean(), List.of(userId));
        };
    }

    private void markRead(Random random) {
        long userId = 1L + random.nextInt(PEOPLE);
        long roomId = 1L + random.nextInt(ROOMS);
        long seq = random.nextInt(60);
        memory.directory().markRead(userId, roomId, seq);
        disk.directory().markRead(userId, roomId, seq);
    }

    private void compare(Random random) {
        long roomId = 1L + random.nextInt(ROOMS);
        List<RoomEvent> events = memory.events(roomId, 1);
        assertEquals(events, disk.events(roomId, 1));
        long seq = random.nextInt(events.size() + 3);
        long time = 1_000L + random.nextInt(1 + (int) (memory.nowMillis.get() - 1_000));
        PageAnchor anchor =
                switch (random.nextInt(4)) {
                    case 0 -> new PageAnchor.Before(seq);
                    case 1 -> new PageAnchor.After(seq);
                    case 2 -> new PageAnchor.Around(seq);
                    default -> new PageAnchor.FromTime(time);
                };
        long visibleFrom = random.nextInt(4) == 0 ? 1L + random.nextInt(events.size() + 3) : 1;
        int max = 1 + random.nextInt(20);
        assertEquals(
                memory.page(roomId, visibleFrom, anchor, max),
                disk.page(roomId, visibleFrom, anchor, max),
                anchor + " from " + visibleFrom);
        long userId = 1L + random.nextInt(PEOPLE);
        boolean fromStart = random.nextBoolean();
        assertEquals(
                memory.marker(userId, roomId, fromStart), disk.marker(userId, roomId, fromStart));
    }
}
