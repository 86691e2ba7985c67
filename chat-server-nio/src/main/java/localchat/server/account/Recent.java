package localchat.server.account;

import java.util.LinkedHashMap;
import java.util.Optional;

/// What is remembered of the newest few; the one that was not touched for longest is forgotten.
/// Belongs to the loop thread.
final class Recent<K, V> {
    private final int max;
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>();

    /// @param max entries that are remembered
    Recent(int max) {
        this.max = max;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    void put(K key, V value) {
        entries.putLast(key, value);
        if (entries.size() > max) {
            entries.pollFirstEntry();
        }
    }

    void remove(K key) {
        entries.remove(key);
    }

    int size() {
        return entries.size();
    }
}
