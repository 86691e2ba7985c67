package localchat.client.terminal;

import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import localchat.core.client.ConnectionState;
import localchat.core.model.ChatMessage;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.core.model.ReactionTally;

/// Does what a person enters about messages: says, answers, edits, reacts. Belongs to the owning
/// thread.
final class MessageCommands {
    private final Conversation chat;
    private final Announcer announcer;

    MessageCommands(Conversation chat) {
        this.chat = chat;
        this.announcer = chat.announcer();
    }

    /// Does it in the room in front, or says why not.
    void run(Command.AboutMessages command) {
        switch (command) {
            case Command.Retry() -> retry();
            case Command.Discard() -> discard();
            default ->
                    chat.rooms()
                            .current()
                            .ifPresentOrElse(
                                    room -> run(command, room),
                                    () -> announcer.warning(Text.NO_ROOM));
        }
    }

    private void run(Command.AboutMessages command, JoinedRoom room) {
        switch (command) {
            case Command.Say(String text, boolean action) -> say(room, text, action, 0);
            case Command.Reply(long seq, String text) ->
                    numbered(seq, ofOthers(room), target -> say(room, text, false, target));
            case Command.Edit(long seq, String text) ->
                    numbered(seq, ofOneself(room), target -> edit(room, target, text));
            case Command.Delete(long seq) ->
                    numbered(
                            seq,
                            ofOneself(room),
                            target -> post(room, new EventBody.Delete(target)));
            case Command.React(long seq, String emoji) ->
                    numbered(seq, ofOthers(room), target -> react(room, target, emoji));
            case Command.Unreact(long seq) ->
                    numbered(seq, reactedTo(room), target -> unreact(room, target));
            case Command.Pin(long seq, boolean unpin) -> post(room, new EventBody.Pin(seq, unpin));
            case Command.Retry(), Command.Discard() -> {}
        }
    }

    /// What to do with the message that a command names, or means by itself.
    private void numbered(long seq, Optional<ChatMessage> meant, LongConsumer action) {
        if (seq == 0 && meant.isEmpty()) {
            announcer.warning(Text.NO_SUCH_MESSAGE);
        } else {
            action.accept(seq == 0 ? meant.get().seq() : seq);
        }
    }

    private Optional<ChatMessage> ofOneself(JoinedRoom room) {
        return room.recent().newest(chat.self()::wrote);
    }

    private Optional<ChatMessage> ofOthers(JoinedRoom room) {
        return room.recent().newest(message -> !chat.self().wrote(message));
    }

    private Optional<ChatMessage> reactedTo(JoinedRoom room) {
        return room.recent().newest(message -> !ownReactions(message).isEmpty());
    }

    private List<ReactionTally> ownReactions(ChatMessage message) {
        return message.reactions().stream()
                .filter(tally -> tally.userIds().contains(chat.self().userId()))
                .toList();
    }

    /// Posts a message.
    ///
    /// @param replyTo seq of the message it answers, 0 for none
    void say(JoinedRoom room, String text, boolean action, long replyTo) {
        if (isText(text)) {
            List<Long> mentions = Mentions.in(text, room.known());
            post(room, new EventBody.Message(new MessageText(text), replyTo, action, mentions));
        }
    }

    private boolean isText(String text) {
        Optional<String> fault = MessageText.fault(text);
        fault.ifPresent(words -> announcer.warning(Text.TEXT_REFUSED, words));
        return fault.isEmpty();
    }

    private void edit(JoinedRoom room, long seq, String text) {
        Optional<ChatMessage> old = room.recent().find(seq);
        if (!text.isEmpty()) {
            if (isText(text)) {
                post(room, new EventBody.Edit(seq, new MessageText(text)));
            }
        } else if (old.isPresent() && old.get().body() instanceof EventBody.Message said) {
            announcer.screen().compose("/edit #" + seq + " " + said.text().value());
        } else {
            announcer.warning(Text.NO_SUCH_MESSAGE);
        }
    }

    private void react(JoinedRoom room, long seq, String emoji) {
        Optional<String> fault = Emoji.fault(emoji);
        if (fault.isPresent()) {
            announcer.warning(Text.TEXT_REFUSED, fault.get());
        } else {
            post(room, new EventBody.Reaction(seq, new Emoji(emoji), false));
        }
    }

    private void unreact(JoinedRoom room, long seq) {
        List<ReactionTally> own = room.recent().find(seq).map(this::ownReactions).orElse(List.of());
        if (own.isEmpty()) {
            announcer.warning(Text.NO_SUCH_MESSAGE);
        }
        own.forEach(tally -> post(room, new EventBody.Reaction(seq, tally.emoji(), true)));
    }

    /// Posts anything.
    void post(JoinedRoom room, EventBody body) {
        OwnPosts.Post post =
                new OwnPosts.Post(
                        chat.session().post(room.roomId(), body), room.roomId(), body, false);
        chat.posts().add(post);
        if (chat.session().state() != ConnectionState.CONNECTED) {
            announcer.note(Text.POST_WAITS, post.text());
        }
    }

    private void retry() {
        List<OwnPosts.Post> failed = chat.posts().failed();
        for (OwnPosts.Post post : failed) {
            chat.posts().retry(post);
            chat.session().retry(post.id());
        }
        announcer.note(failed.isEmpty() ? Text.NONE_FAILED : Text.RETRIED, failed.size());
    }

    private void discard() {
        List<OwnPosts.Post> failed = chat.posts().failed();
        for (OwnPosts.Post post : failed) {
            chat.posts().remove(post.id());
            chat.session().discard(post.id());
        }
        announcer.note(failed.isEmpty() ? Text.NONE_FAILED : Text.DISCARDED, failed.size());
    }
}
