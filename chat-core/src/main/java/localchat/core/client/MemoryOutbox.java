package localchat.core.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;

/// An outbox that ends with its session. Belongs to the session thread.
final class MemoryOutbox implements Outbox {
    /// Posts that may wait. Reason: half an hour of typing at the server's pace for a program; a
    /// program that makes more must wait for acknowledgements.
    static final int POSTS_MAX = 100_000;

    /// Characters (UTF-16 units) of all their texts together: at most 64 MiB of memory.
    static final int CHARACTERS_MAX = 32 * 1024 * 1024;

    private final LinkedHashMap<MessageId, Entry> entries = new LinkedHashMap<>();
    private int characters;

    @Override
    public boolean add(Entry entry) {
        int length = characters(entry);
        if (entries.size() >= POSTS_MAX || characters + length > CHARACTERS_MAX) {
            return false;
        }
        entries.put(entry.id(), entry);
        characters += length;
        return true;
    }

    private static int characters(Entry entry) {
        return switch (entry.body()) {
            case EventBody.Message message -> message.text().value().length();
            case EventBody.Edit edit -> edit.text().value().length();
            default -> 0;
        };
    }

    @Override
    public Optional<Entry> find(MessageId id) {
        return Optional.ofNullable(entries.get(id));
    }

    @Override
    public void remove(MessageId id) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            characters -= characters(entry);
        }
    }

    @Override
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }
}
