package localchat.client.fx.chat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import localchat.client.fx.chat.MessageRow.Content;
import localchat.client.fx.chat.MessageRow.Quote;
import localchat.client.fx.chat.MessageRow.Reaction;
import localchat.client.fx.i18n.Phrase;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.RoomEvent;

/// Turns messages into rows: with what they reply to, and with one's own changes that the server
/// has not stored yet. Belongs to the JavaFX thread.
final class RowMaker {
    /// Most quoted messages kept that are not in the timeline themselves. Reason: several windows
    /// full of replies.
    static final int QUOTED_MAX = 500;

    /// A change of one's own on its way.
    ///
    /// @param storedSeq its place in the room once the server said so; 0 before
    private record Change(EventBody body, long timeMillis, long storedSeq) {}

    private final LongFunction<Optional<ChatMessage>> messages;
    private final Map<MessageId, Change> changes = new LinkedHashMap<>();
    private final Map<Long, Set<Long>> repliesByTarget = new HashMap<>();
    private final Set<Long> unknownTargets = new HashSet<>();
    private final Map<Long, ChatMessage> quoted =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, ChatMessage> eldest) {
                    return size() > QUOTED_MAX;
                }
            };
    private Self self;
    private Set<Long> blocked = Set.of();

    /// @param messages those in the timeline, by seq
    RowMaker(Self self, LongFunction<Optional<ChatMessage>> messages) {
        this.self = self;
        this.messages = messages;
    }

    Self self() {
        return self;
    }

    void setSelf(Self now) {
        self = now;
    }

    /// The row of a message that the server has.
    MessageRow row(ChatMessage message) {
        Author author =
                new Author(
                        message.senderId(),
                        message.senderName().value(),
                        self.is(message.senderId(), message.senderName()));
        return new MessageRow(
                message.id(),
                author,
                content(message),
                message.timeMillis(),
                new Delivery.Stored(message.seq()));
    }

    /// The row of an own message that the server does not have.
    MessageRow pending(MessageId id, EventBody.Message body, long timeMillis, Delivery delivery) {
        Author author = new Author(self.userId(), self.name().value(), true);
        Optional<Quote> quote = quote(body.replyToSeq(), 0);
        Content said = Content.Said.plain(body.text().value(), body.action(), quote, false);
        return new MessageRow(id, author, said, timeMillis, delivery);
    }

    /// The row of something that happened to the room.
    MessageRow note(RoomEvent event, Phrase words) {
        Author author =
                new Author(
                        event.senderId(),
                        event.senderName().value(),
                        self.is(event.senderId(), event.senderName()));
        return new MessageRow(
                event.id(),
                author,
                new Content.Note(words),
                event.timeMillis(),
                new Delivery.Stored(event.seq()));
    }

    /// Seqs of the replies that quote this message.
    Set<Long> repliesTo(long seq) {
        return repliesByTarget.getOrDefault(seq, Set.of());
    }

    /// Quoted messages that nobody has told about yet; each is named once.
    Set<Long> takeUnknownTargets() {
        Set<Long> taken = Set.copyOf(unknownTargets);
        unknownTargets.clear();
        return taken;
    }

    /// A quoted message became known.
    void learn(ChatMessage message) {
        quoted.put(message.seq(), message);
    }

    /// A quoted message that is not in the timeline changed.
    void fold(RoomEvent event) {
        quoted.computeIfPresent(FoldLog.target(event.body()), (seq, old) -> old.after(event));
    }

    /// An own change is on its way.
    void change(MessageId id, EventBody body, long timeMillis) {
        changes.put(id, new Change(body, timeMillis, 0));
    }

    /// The message that a change on its way is about; 0 when there is no such change.
    long changeTarget(MessageId id) {
        Change change = changes.get(id);
        return change == null ? 0 : FoldLog.target(change.body());
    }

    /// The server stored a change; its event may still be on its way.
    void changeStored(MessageId id, long seq) {
        changes.computeIfPresent(id, (key, old) -> new Change(old.body(), old.timeMillis(), seq));
    }

    /// A change arrived as an event, or never will.
    void changeOver(MessageId id) {
        changes.remove(id);
    }

    /// Ends the changes whose events are contained in what is true as of this seq.
    ///
    /// @return the messages they were about
    List<Long> settleUpTo(long seq) {
        List<Map.Entry<MessageId, Change>> settled =
                changes.entrySet().stream()
                        .filter(entry ->
                                entry.getValue().storedSeq() > 0
                                        && entry.getValue().storedSeq() <= seq)
                        .toList();
        settled.forEach(entry -> changes.remove(entry.getKey()));
        return settled.stream().map(entry -> FoldLog.target(entry.getValue().body())).toList();
    }

    /// Whom the person wants to see nothing of.
    void setBlocked(Set<Long> userIds) {
        blocked = userIds;
    }

    private Content content(ChatMessage stored) {
        if (blocked.contains(stored.senderId())) {
            return new Content.Note(Phrase.of("message.blocked"));
        }
        ChatMessage message = stored;
        boolean changing = false;
        for (Map.Entry<MessageId, Change> each : changes.entrySet()) {
            Change change = each.getValue();
            if (FoldLog.target(change.body()) == stored.seq()) {
                changing = true;
                message = message.after(event(each.getKey(), stored, change));
            }
        }
        return switch (message.body()) {
            case EventBody.Message said -> said(message, said, changing);
            case EventBody.Tombstone gone -> new Content.Gone(gone.cause(), changing);
            default -> new Content.Unreadable();
        };
    }

    private RoomEvent event(MessageId id, ChatMessage target, Change change) {
        return new RoomEvent(
                target.roomId(),
                Long.MAX_VALUE,
                change.timeMillis(),
                self.idOrStandIn(),
                self.name(),
                id,
                change.body());
    }

    private Content said(ChatMessage message, EventBody.Message body, boolean changing) {
        List<Reaction> reactions =
                message.reactions().stream()
                        .map(tally ->
                                new Reaction(
                                        tally.emoji(),
                                        tally.count(),
                                        tally.userIds().contains(self.idOrStandIn()),
                                        tally.userIds()))
                        .toList();
        return new Content.Said(
                body.text().value(),
                body.action(),
                message.editedMillis(),
                reactions,
                quote(body.replyToSeq(), message.seq()),
                message.pinned(),
                self.userId() > 0 && body.mentions().contains(self.userId()),
                changing);
    }

    /// @param replySeq seq of the message that quotes; 0 while it has none
    private Optional<Quote> quote(long target, long replySeq) {
        if (target <= 0) {
            return Optional.empty();
        }
        if (replySeq > 0) {
            repliesByTarget.computeIfAbsent(target, key -> new HashSet<>()).add(replySeq);
        }
        Optional<ChatMessage> found =
                messages.apply(target).or(() -> Optional.ofNullable(quoted.get(target)));
        if (found.isEmpty()) {
            unknownTargets.add(target);
        }
        return Optional.of(
                found.filter(message -> !blocked.contains(message.senderId()))
                        .map(message -> quote(message))
                        .orElseGet(() -> new Quote(target, Quote.State.UNKNOWN, "", "")));
    }

    private static Quote quote(ChatMessage message) {
        String author = message.senderName().value();
        return message.body() instanceof EventBody.Message body
                ? Quote.known(message.seq(), author, body.text().value())
                : new Quote(message.seq(), Quote.State.GONE, author, "");
    }
}
