package localchat.client.fx.chat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.ChatMessage;
import localchat.core.model.RoomEvent;

/// The messages of a timeline, each with the edits, reactions, pins and the deletion that are
/// known, in whatever order those and the message came. Belongs to the JavaFX thread.
final class HeldMessages {
    /// A message and the seq as of which it is true.
    private record Held(ChatMessage message, long asOf) {}

    private final Map<Long, Held> held = new HashMap<>();
    private final FoldLog folds = new FoldLog();

    Optional<ChatMessage> find(long seq) {
        return Optional.ofNullable(held.get(seq)).map(Held::message);
    }

    /// Takes a message in as it was at the seq `asOf`.
    ///
    /// @return the message as it is now; empty when what is here is as new
    Optional<ChatMessage> put(ChatMessage message, long asOf) {
        Held there = held.get(message.seq());
        if (there != null && there.asOf() >= asOf) {
            return Optional.empty();
        }
        ChatMessage now = folds.after(message, asOf);
        held.put(message.seq(), new Held(now, asOf));
        return Optional.of(now);
    }

    /// Takes in what happened to a message, whether that is here or not.
    ///
    /// @return false when it is known already
    boolean change(RoomEvent event, long target) {
        if (folds.knows(event.seq())) {
            return false;
        }
        folds.add(event);
        Held there = held.get(target);
        if (there != null && event.seq() > there.asOf()) {
            held.put(target, new Held(there.message().after(event), event.seq()));
        }
        return true;
    }

    /// A message that is not to be kept here, true as of `asOf`, as it is now.
    ChatMessage now(ChatMessage message, long asOf) {
        return folds.after(message, asOf);
    }

    void remove(long seq) {
        held.remove(seq);
    }

    /// Forgets what happened to messages: the server's history is another one.
    void forgetChanges() {
        folds.clear();
    }
}
