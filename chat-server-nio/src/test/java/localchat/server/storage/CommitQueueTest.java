package localchat.server.storage;

import static localchat.server.storage.StoreUnderTest.logPost;
import static localchat.server.storage.StoreUnderTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import localchat.core.model.MessageText;
import org.junit.jupiter.api.Test;

class CommitQueueTest {
    private static final String LONGEST = "x".repeat(MessageText.BYTES_MAX);

    private final CommitQueue queue = new CommitQueue();
    private int nextId;

    private boolean offer(String words) {
        return queue.offer(logPost(1, 1, nextId++, text(words)));
    }

    private Work take() throws InterruptedException {
        return queue.take(0).orElseThrow();
    }

    @Test
    void takesAsManyPostsAsMayWait() throws InterruptedException {
        for (int i = 0; i < CommitQueue.POSTS_MAX; i++) {
            assertTrue(offer("m"));
        }
        assertFalse(offer("one more"));
        assertEquals(CommitQueue.GROUP_POSTS, take().posts().size());
        for (int i = 0; i < CommitQueue.GROUP_POSTS; i++) {
            assertTrue(offer("m"));
        }
        assertFalse(offer("one more"));
    }

    @Test
    void takesAsMuchTextAsMayWait() throws InterruptedException {
        long fitting = CommitQueue.TEXT_BYTES_MAX / MessageText.BYTES_MAX;
        for (int i = 0; i < fitting; i++) {
            assertTrue(offer(LONGEST));
        }
        assertFalse(offer("x"));
        take();
        assertTrue(offer("x"));
    }

    @Test
    void countsTextAsItIsStored() {
        String threeBytes = "\u20ac".repeat(MessageText.BYTES_MAX / 3) + "x";
        for (int i = 0; i < CommitQueue.TEXT_BYTES_MAX / MessageText.BYTES_MAX; i++) {
            assertTrue(offer(threeBytes));
        }
        assertFalse(offer(threeBytes));
    }

    @Test
    void bringsNoMoreTextInAGroupThanItMay() throws InterruptedException {
        long fitting = CommitQueue.GROUP_TEXT_BYTES / MessageText.BYTES_MAX;
        assertTrue(fitting <= CommitQueue.GROUP_POSTS);
        String less = LONGEST.substring(1);
        for (int i = 0; i < CommitQueue.GROUP_POSTS + 1; i++) {
            assertTrue(offer(less));
        }
        assertEquals(CommitQueue.GROUP_POSTS, take().posts().size());
        assertEquals(1, take().posts().size());
    }

    @Test
    void endsAGroupAtABarrier() throws InterruptedException {
        offer("a");
        queue.barrier(1);
        queue.barrier(2);
        offer("b");
        Work before = take();
        assertEquals(1, before.posts().size());
        assertEquals(0, before.barrier());
        Work after = take();
        assertEquals(1, after.posts().size());
        assertEquals(2, after.barrier());
    }

    @Test
    void mergesReadMarkersThatWait() throws InterruptedException {
        ReaderKey reader = new ReaderKey(1, 2);
        queue.mark(reader, 5);
        queue.mark(reader, 3);
        queue.mark(reader, 7);
        offer("takes them along");
        assertEquals(Map.of(reader, 7L), take().marks());
    }

    @Test
    void takesAsManyReadMarkersAsMayWait() throws InterruptedException {
        for (int i = 1; i <= CommitQueue.MARKS_MAX + 1; i++) {
            queue.mark(new ReaderKey(i, 1), 1);
        }
        queue.close();
        int taken = 0;
        for (Work work = take(); !work.isNothing(); work = queue.take(0).orElse(Work.NONE)) {
            taken += work.marks().size();
        }
        assertEquals(CommitQueue.MARKS_MAX, taken);
    }

    @Test
    void putsNotesBeforePosts() throws InterruptedException {
        offer("a");
        Note note =
                new Note.Newcomer(
                        new localchat.server.room.Directory.KeptPerson(1, StoreUnderTest.name(1)));
        queue.add(note);
        assertEquals(List.of(note), take().notes());
    }

    @Test
    void isDoneWhenItIsClosedAndEmpty() throws InterruptedException {
        offer("a");
        queue.close();
        assertFalse(offer("too late"));
        assertEquals(1, take().posts().size());
        assertTrue(queue.take(Long.MAX_VALUE).isEmpty());
    }

    @Test
    void saysWhenNothingComes() throws InterruptedException {
        assertTrue(take().isNothing());
    }
}
