package localchat.core.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import localchat.core.client.SessionEvent.Refusal;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;

/// An outbox that ends with its session. Belongs to the session thread.
final class MemoryOutbox implements Outbox {
    private static final Refusal FULL =
            new Refusal(
                    ErrorCode.BUSY,
                    "too many messages wait to be sent; wait until some have been, then write it"
                            + " again");

    private final LinkedHashMap<MessageId, Kept> posts = new LinkedHashMap<>();
    private int characters;

    @Override
    public Optional<Refusal> add(Entry entry) {
        int length = characters(entry);
        if (posts.size() >= POSTS_MAX || characters + length > CHARACTERS_MAX) {
            return Optional.of(FULL);
        }
        put(new Kept(entry, Optional.empty()));
        return Optional.empty();
    }

    /// Adds what was in here before, whatever the limits.
    void put(Kept kept) {
        posts.put(kept.entry().id(), kept);
        characters += characters(kept.entry());
    }

    private static int characters(Entry entry) {
        return switch (entry.body()) {
            case EventBody.Message message -> message.text().value().length();
            case EventBody.Edit edit -> edit.text().value().length();
            default -> 0;
        };
    }

    @Override
    public Optional<Kept> find(MessageId id) {
        return Optional.ofNullable(posts.get(id));
    }

    @Override
    public void fail(MessageId id, Refusal refusal) {
        posts.computeIfPresent(id, (_, kept) -> new Kept(kept.entry(), Optional.of(refusal)));
    }

    @Override
    public void retry(MessageId id) {
        Kept kept = posts.remove(id);
        if (kept != null) {
            posts.put(id, new Kept(kept.entry(), Optional.empty()));
        }
    }

    @Override
    public void remove(MessageId id) {
        Kept kept = posts.remove(id);
        if (kept != null) {
            characters -= characters(kept.entry());
        }
    }

    @Override
    public void discard(MessageId id) {
        remove(id);
    }

    @Override
    public List<Kept> kept() {
        return List.copyOf(posts.values());
    }

    @Override
    public boolean isUrgent() {
        return false;
    }

    @Override
    public boolean isUnsaved() {
        return false;
    }

    @Override
    public Optional<Refusal> commit() {
        return Optional.empty();
    }

    @Override
    public void turnAway(Refusal refusal) {
        List.copyOf(posts.keySet()).forEach(id -> fail(id, refusal));
    }

    @Override
    public void onEntered(long roomId) {}

    @Override
    public void close() {}

    /// Takes everything out.
    void clear() {
        posts.clear();
        characters = 0;
    }
}
