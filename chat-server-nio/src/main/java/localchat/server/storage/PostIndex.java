package localchat.server.storage;

import java.util.Arrays;
import localchat.core.model.Digest32;
import localchat.core.model.Id128;
import localchat.server.room.LogPost;
import org.jspecify.annotations.Nullable;

/// Where each post that is kept stands, found by sender, device and `client_msg_id`; forgotten in
/// the order in which they were added.
///
/// A hash table with open addressing over plain arrays, for the same reason as [RoomHistory]. Ids
/// are chosen by clients, so the hash has a key of this process: nobody can choose ids that
/// collide.
final class PostIndex {
    private static final int FIRST_CAPACITY = 64;
    private static final int NONE = -1;

    private final long hashKey;
    private int capacity = FIRST_CAPACITY;

    // One place for each post, the post with age n at n modulo capacity.
    private long[] high = new long[capacity];
    private long[] low = new long[capacity];
    private long[] senders = new long[capacity];
    private @Nullable Digest32[] devices = new Digest32[capacity];
    private long[] rooms = new long[capacity];
    private long[] seqs = new long[capacity];

    /// Places by hash, [#NONE] where free; twice as many as posts fit, so that half are free.
    private int[] table = newTable(capacity);

    private long oldest;
    private long next;

    /// @param hashKey random
    PostIndex(long hashKey) {
        this.hashKey = hashKey;
    }

    private static int[] newTable(int capacity) {
        int[] table = new int[capacity * 2];
        Arrays.fill(table, NONE);
        return table;
    }

    int size() {
        return (int) (next - oldest);
    }

    /// The place of the same post, for [#room] and [#seq]; below 0 when there is none.
    int find(LogPost post) {
        Id128 id = post.id().bits();
        for (int slot = slot(id.high(), id.low()); ; slot = after(slot)) {
            int place = table[slot];
            if (place == NONE || isSame(place, post, id)) {
                return place;
            }
        }
    }

    private boolean isSame(int place, LogPost post, Id128 id) {
        return low[place] == id.low()
                && high[place] == id.high()
                && senders[place] == post.senderId()
                && post.device().equals(devices[place]);
    }

    /// The room that the post at this place was sent to.
    long room(int place) {
        return rooms[place];
    }

    /// The seq that the post at this place got.
    long seq(int place) {
        return seqs[place];
    }

    /// The room of the oldest post.
    long oldestRoom() {
        return rooms[place(oldest)];
    }

    /// Adds a post that [#find] does not find.
    void add(LogPost post, long seq) {
        if (size() == capacity) {
            grow();
        }
        Id128 id = post.id().bits();
        int place = place(next++);
        high[place] = id.high();
        low[place] = id.low();
        senders[place] = post.senderId();
        devices[place] = post.device();
        rooms[place] = post.roomId();
        seqs[place] = seq;
        insert(place);
    }

    private void insert(int place) {
        int slot = slot(high[place], low[place]);
        while (table[slot] != NONE) {
            slot = after(slot);
        }
        table[slot] = place;
    }

    /// Forgets the oldest post.
    void removeOldest() {
        int place = place(oldest++);
        int hole = slot(high[place], low[place]);
        while (table[hole] != place) {
            hole = after(hole);
        }
        devices[place] = null;
        // Those behind the hole that a search would no longer reach move into it.
        for (int slot = after(hole); table[slot] != NONE; slot = after(slot)) {
            int wanted = slot(high[table[slot]], low[table[slot]]);
            int fromWanted = (slot - wanted) & (table.length - 1);
            int fromHole = (slot - hole) & (table.length - 1);
            if (fromWanted >= fromHole) {
                table[hole] = table[slot];
                hole = slot;
            }
        }
        table[hole] = NONE;
    }

    private void grow() {
        int from = place(oldest);
        high = unrolled(high, from);
        low = unrolled(low, from);
        senders = unrolled(senders, from);
        rooms = unrolled(rooms, from);
        seqs = unrolled(seqs, from);
        @Nullable Digest32[] more = new Digest32[capacity * 2];
        for (int i = 0; i < capacity; i++) {
            more[i] = devices[(from + i) & (capacity - 1)];
        }
        devices = more;
        next = size();
        oldest = 0;
        capacity *= 2;
        table = newTable(capacity);
        for (int place = 0; place < next; place++) {
            insert(place);
        }
    }

    /// Twice as long, beginning with what stands at `from`.
    private static long[] unrolled(long[] ring, int from) {
        long[] longer = new long[ring.length * 2];
        System.arraycopy(ring, from, longer, 0, ring.length - from);
        System.arraycopy(ring, 0, longer, ring.length - from, from);
        return longer;
    }

    private int place(long age) {
        return (int) (age & (capacity - 1));
    }

    private int after(int slot) {
        return (slot + 1) & (table.length - 1);
    }

    private int slot(long idHigh, long idLow) {
        long hash = (idHigh ^ hashKey) * 0x9E3779B97F4A7C15L;
        hash = ((hash ^ (hash >>> 32)) + idLow) * 0xC2B2AE3D27D4EB4FL;
        return (int) (hash >>> 33) & (table.length - 1);
    }
}
