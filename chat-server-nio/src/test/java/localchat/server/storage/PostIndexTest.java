package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import localchat.core.model.Digest32;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.UserName;
import localchat.server.room.LogPost;
import localchat.server.room.Standing;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PostIndexTest {
    private static final EventBody BODY = new EventBody.Message(new MessageText("m"), 0, false);
    private static final UserName ANA = new UserName("Ana");

    private record Key(long sender, int device, Id128 id) {}

    private final PostIndex index = new PostIndex(new Random(42));

    @Test
    void tellsApartSenderDeviceAndId() {
        index.add(post(new Key(1, 1, new Id128(7, 8)), 3), 11);
        assertTrue(index.find(post(new Key(2, 1, new Id128(7, 8)), 3)) < 0);
        assertTrue(index.find(post(new Key(1, 2, new Id128(7, 8)), 3)) < 0);
        assertTrue(index.find(post(new Key(1, 1, new Id128(7, 9)), 3)) < 0);
        assertTrue(index.find(post(new Key(1, 1, new Id128(6, 8)), 3)) < 0);
        int place = index.find(post(new Key(1, 1, new Id128(7, 8)), 99));
        assertEquals(3, index.room(place));
        assertEquals(11, index.seq(place));
    }

    /// Ids in arithmetic progression, one id from many people, one from many devices: whatever a
    /// client may choose, 60,000 posts are found as fast as any others. With a hash that some of
    /// these pass through unchanged this takes minutes.
    @Test
    @Timeout(20)
    void noChoiceOfPostsMakesSearchesLong() {
        long step = 0x0B4E0EF37BC32127L;
        for (int i = 0; i < 20_000; i++) {
            addAndFind(new Key(1, 1, new Id128(0, i * step)), i);
            addAndFind(new Key(1, 1, new Id128(i * step, 0)), i);
            addAndFind(new Key(2 + i, 1, new Id128(1, 1)), i);
        }
    }

    private void addAndFind(Key key, long seq) {
        LogPost post = post(key, 1);
        if (index.find(post) < 0) {
            index.add(post, seq);
        }
        assertEquals(seq, index.seq(index.find(post)));
    }

    /// Against a map of the JDK: few ids, so that searches run through long chains, through holes
    /// that were filled, and around the table's end.
    @RepeatedTest(20)
    void findsWhatAMapWouldFind(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<Key, Long> expected = new HashMap<>();
        ArrayDeque<Key> byAge = new ArrayDeque<>();
        int kept = 1 + random.nextInt(400);
        for (long seq = 1; seq <= 20_000; seq++) {
            Key key =
                    new Key(
                            1 + random.nextInt(3),
                            random.nextInt(3),
                            new Id128(random.nextInt(40), random.nextInt(4)));
            int place = index.find(post(key, 1));
            assertEquals(expected.getOrDefault(key, -1L), place < 0 ? -1L : index.seq(place));
            if (place >= 0) {
                continue;
            }
            if (byAge.size() == kept) {
                expected.remove(byAge.removeFirst());
                index.removeOldest();
            }
            index.add(post(key, seq % 50), seq);
            expected.put(key, seq);
            byAge.addLast(key);
            assertEquals(byAge.size(), index.size());
            assertEquals(expected.get(byAge.getFirst()) % 50, index.oldestRoom());
        }
    }

    private static LogPost post(Key key, long room) {
        byte[] device = new byte[Digest32.BYTES];
        device[0] = (byte) key.device();
        return new LogPost(
                room,
                key.sender(),
                ANA,
                Standing.MEMBER,
                new Digest32(device),
                new MessageId(key.id()),
                BODY,
                0,
                1,
                outcome -> {});
    }
}
