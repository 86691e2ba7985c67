package localchat.server.storage;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import localchat.core.model.Digest32;
import localchat.core.model.Id128;
import localchat.server.room.LogPost;
import org.jspecify.annotations.Nullable;

/// Where each post that is kept stands, found by sender, device and `client_msg_id`; forgotten in
/// the order in which they were added.
///
/// A hash table with open addressing over plain arrays, for the same reason as [RoomHistory]. Ids
/// and senders are chosen by clients, so all that makes two posts different goes through a hash
/// with keys of this process: nobody can choose posts that collide.
final class PostIndex {
    private static final int FIRST_CAPACITY = 64;
    private static final long FREE = -1;
    private static final int NONE = -1;

    /// The bits of a table's entry that are of the hash; the others are the place.
    private static final long HASH_BITS = 0xFFFFFFFF_00000000L;

    private final long idHighKey;
    private final long idLowKey;
    private final long senderKey;
    private final long deviceKey;
    private int capacity = FIRST_CAPACITY;

    // One place for each post, the post with age n at n modulo capacity.
    private long[] high = new long[capacity];
    private long[] low = new long[capacity];
    private long[] senders = new long[capacity];
    private @Nullable Digest32[] devices = new Digest32[capacity];
    private long[] rooms = new long[capacity];
    private long[] seqs = new long[capacity];
    private long[] hashes = new long[capacity];

    /// Places by hash, [#FREE] or half of the hash and the place; twice as many as posts fit, so
    /// that half are free. With the hash in it a search touches no other memory: at 100,000 posts
    /// each place is a miss of the cache.
    private long[] table = newTable(capacity);

    private long oldest;
    private long next;

    /// @param keys where the keys of the hash come from
    PostIndex(RandomGenerator keys) {
        this.idHighKey = keys.nextLong();
        this.idLowKey = keys.nextLong();
        this.senderKey = keys.nextLong();
        this.deviceKey = keys.nextLong();
    }

    private static long[] newTable(int capacity) {
        long[] table = new long[capacity * 2];
        Arrays.fill(table, FREE);
        return table;
    }

    int size() {
        return (int) (next - oldest);
    }

    /// The place of the same post, for [#room] and [#seq]; below 0 when there is none.
    int find(LogPost post) {
        long hash = hash(post);
        for (int slot = slot(hash); table[slot] != FREE; slot = after(slot)) {
            boolean sameHash = ((table[slot] ^ hash) & HASH_BITS) == 0;
            if (sameHash && isSame((int) table[slot], post)) {
                return (int) table[slot];
            }
        }
        return NONE;
    }

    private boolean isSame(int place, LogPost post) {
        return low[place] == post.id().bits().low()
                && high[place] == post.id().bits().high()
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
        hashes[place] = hash(post);
        insert(place);
    }

    private void insert(int place) {
        int slot = slot(hashes[place]);
        while (table[slot] != FREE) {
            slot = after(slot);
        }
        table[slot] = (hashes[place] & HASH_BITS) | place;
    }

    /// Forgets the oldest post.
    void removeOldest() {
        int place = place(oldest++);
        int hole = slot(hashes[place]);
        while ((int) table[hole] != place) {
            hole = after(hole);
        }
        devices[place] = null;
        // Those behind the hole that a search would no longer reach move into it.
        for (int slot = after(hole); table[slot] != FREE; slot = after(slot)) {
            int fromWanted = (slot - slot(table[slot])) & (table.length - 1);
            int fromHole = (slot - hole) & (table.length - 1);
            if (fromWanted >= fromHole) {
                table[hole] = table[slot];
                hole = slot;
            }
        }
        table[hole] = FREE;
    }

    private void grow() {
        int from = place(oldest);
        high = unrolled(high, from);
        low = unrolled(low, from);
        senders = unrolled(senders, from);
        rooms = unrolled(rooms, from);
        seqs = unrolled(seqs, from);
        hashes = unrolled(hashes, from);
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

    private int slot(long hash) {
        return (int) (hash >>> 32) & (table.length - 1);
    }

    private long hash(LogPost post) {
        Id128 id = post.id().bits();
        long ids = mixed(id.high() ^ idHighKey, id.low() ^ idLowKey);
        long author = mixed(post.senderId() ^ senderKey, post.device().hashCode() ^ deviceKey);
        return mixed(ids ^ senderKey, author ^ idLowKey);
    }

    /// The whole product of both, folded: every bit depends on all bits of both.
    private static long mixed(long a, long b) {
        return Math.multiplyHigh(a, b) ^ (a * b);
    }
}
