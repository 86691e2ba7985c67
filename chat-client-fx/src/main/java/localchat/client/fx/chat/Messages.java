package localchat.client.fx.chat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.ChatSession;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;

/// What the person does with messages: writes, replies, edits, deletes, reacts. Belongs to the
/// JavaFX thread.
public final class Messages {
    private final ChatSession session;
    private final ChatViewModel chat;
    private final ComposerViewModel composer;
    private final Paced saveDraft;
    private long clockOffsetMillis;

    /// Whether the composer's text is being set and not typed.
    private boolean switching;

    /// @param later runs tasks on the JavaFX thread a while later
    Messages(ChatSession session, ChatViewModel chat, Executor later) {
        this.session = session;
        this.chat = chat;
        composer = chat.composer();
        saveDraft =
                new Paced(
                        later,
                        () -> current().ifPresent(room -> saveDraft(room, composer.unfinished())));
        composer.textProperty()
                .addListener((observable, before, now) -> {
                    if (!switching) {
                        saveDraft.run();
                    }
                });
    }

    /// Posts what is written into the room that is shown, as what the composer says it will be, and
    /// empties the composer. Nothing happens, and nothing is lost, while it cannot be posted.
    public void send() {
        Optional<RoomModel> room = current();
        Optional<ComposerViewModel.Draft> draft = composer.draft();
        if (room.isEmpty() || draft.isEmpty() || chat.linkProperty().get() instanceof Link.Over) {
            return;
        }
        MessageText text = draft.get().text();
        switch (composer.modeProperty().get()) {
            case ComposerMode.Editing(long seq, String original) -> {
                composer.cancel();
                if (!text.value().equals(original)) {
                    change(room.get(), new EventBody.Edit(seq, text));
                }
            }
            case ComposerMode.Replying(long seq, var _, var _) ->
                    say(room.get(), text, draft.get().action(), seq);
            case ComposerMode.Plain _ -> say(room.get(), text, draft.get().action(), 0);
        }
        keepDraft();
    }

    /// What is written becomes a reply to this message.
    public void reply(MessageRow row) {
        if (row.isOpen()) {
            composer.reply(row);
        }
    }

    /// Shows the text of an own message to be changed.
    public void edit(MessageRow row) {
        if (row.isOwnOpen()) {
            composer.edit(row);
        }
    }

    /// Shows the text of the person's newest message to be changed.
    public void editLast() {
        current().flatMap(room -> room.timeline().lastOwn()).ifPresent(this::edit);
    }

    /// Neither reply nor edit.
    public void cancelMode() {
        composer.cancel();
    }

    /// Takes an own message back that the server has.
    public void delete(MessageRow row) {
        if (row.isOwnOpen()) {
            if (composer.modeProperty().get() instanceof ComposerMode.Editing(long seq, var _)
                    && seq == row.seq()) {
                composer.cancel();
            }
            current().ifPresent(room -> change(room, new EventBody.Delete(row.seq())));
        }
    }

    /// Reacts to a message, or takes the reaction back.
    public void react(MessageRow row, Emoji emoji) {
        row.said()
                .filter(said -> row.isOpen())
                .ifPresent(said -> {
                    boolean there =
                            said.reactions().stream()
                                    .anyMatch(each -> each.own() && each.emoji().equals(emoji));
                    current()
                            .ifPresent(room ->
                                    change(room, new EventBody.Reaction(row.seq(), emoji, there)));
                });
    }

    /// Posts a failed message again, behind all that wait.
    public void retry(MessageRow failed) {
        current()
                .ifPresent(room -> {
                    room.timeline().requeue(failed.id());
                    session.retry(failed.id());
                });
    }

    /// Takes a message back that failed or waits.
    public void discard(MessageRow unsent) {
        session.discard(unsent.id());
        current().ifPresent(room -> room.timeline().removePending(unsent.id()));
    }

    /// Tells the room that the person types, or stopped.
    public void typing(boolean active) {
        boolean editing = composer.modeProperty().get() instanceof ComposerMode.Editing;
        if (chat.linkProperty().get() instanceof Link.Online && !editing) {
            current().ifPresent(room -> session.typing(room.roomId(), active));
        }
    }

    /// Keeps what is being written, at once.
    void keepDraft() {
        saveDraft.runNow();
    }

    /// Whether something is being written in this room.
    boolean isWritingIn(RoomModel room) {
        return current().filter(shown -> shown == room).isPresent()
                && !composer.unfinished().everything().isBlank();
    }

    /// Empties the composer.
    ///
    /// @return what was in it, also what was set aside
    String takeWritten() {
        String written = composer.unfinished().everything();
        composer.resume(ComposerViewModel.Unfinished.NOTHING);
        return written;
    }

    void setClockOffset(long millis) {
        clockOffsetMillis = millis;
    }

    void roomChanged(Optional<RoomModel> before, Optional<RoomModel> now) {
        ComposerViewModel.Unfinished left = composer.unfinished();
        before.ifPresent(room -> {
            room.unfinished = left;
            saveDraft(room, left);
        });
        // What was written before there was any room belongs to the first one.
        String homeless = before.isEmpty() ? left.text() : "";
        ComposerViewModel.Unfinished next =
                now.map(room -> room.unfinished).orElse(ComposerViewModel.Unfinished.NOTHING);
        switching = true;
        composer.resume(next.after(homeless));
        switching = false;
    }

    /// An own post of an earlier run is still to be sent, or failed.
    void restored(RoomModel room, SessionEvent.PostRestored post) {
        boolean failed = post.state() == PostState.FAILED;
        Delivery delivery = failed ? failed(post.refusal()) : new Delivery.Waiting();
        if (post.body() instanceof EventBody.Message message) {
            room.timeline().addPending(post.id(), message, now(), delivery);
        } else if (failed) {
            refused(room, post.id(), post.refusal());
        } else {
            room.timeline().change(post.id(), post.body(), now());
        }
    }

    /// An own post moved on.
    void changed(RoomModel room, SessionEvent.PostChanged changed) {
        Timeline timeline = room.timeline();
        if (timeline.isPending(changed.id())) {
            timeline.changed(changed.id(), delivery(changed), changed.timeMillis());
        } else if (changed.state() == PostState.STORED) {
            timeline.changeStored(changed.id(), changed.seq());
        } else if (changed.state() == PostState.FAILED) {
            refused(room, changed.id(), changed.refusal());
        }
    }

    private void say(RoomModel room, MessageText text, boolean action, long replyToSeq) {
        List<Long> mentions = Mentions.in(text.value(), room.people().rows());
        EventBody.Message body = new EventBody.Message(text, replyToSeq, action, mentions);
        composer.cancel();
        composer.textProperty().set("");
        chat.reading().wrote(room);
        boolean online = chat.linkProperty().get() instanceof Link.Online;
        Delivery delivery = online ? new Delivery.Sent() : new Delivery.Waiting();
        MessageId id = session.post(room.roomId(), body);
        room.timeline().addPending(id, body, now(), delivery);
    }

    private void change(RoomModel room, EventBody body) {
        MessageId id = session.post(room.roomId(), body);
        room.timeline().change(id, body, now());
    }

    /// A change that was refused for good is given up: shown as it was, and said why.
    private void refused(RoomModel room, MessageId id, Optional<SessionEvent.Refusal> refusal) {
        room.timeline().changeOver(id);
        session.discard(id);
        Delivery.Failed why = failed(refusal);
        chat.notices().tell(Phrase.of("notice.notChanged", Refusals.of(why.code(), why.text())));
    }

    /// Keeps what is being written in a room.
    void saveDraft(RoomModel room, ComposerViewModel.Unfinished unfinished) {
        String text = unfinished.ownText();
        if (!text.equals(room.savedDraft)) {
            room.savedDraft = text;
            session.saveDraft(room.roomId(), text);
        }
    }

    private static Delivery delivery(SessionEvent.PostChanged changed) {
        return switch (changed.state()) {
            case WAITING -> new Delivery.Waiting();
            case SENT -> new Delivery.Sent();
            case STORED -> new Delivery.Stored(changed.seq());
            case FAILED -> failed(changed.refusal());
        };
    }

    private static Delivery.Failed failed(Optional<SessionEvent.Refusal> refusal) {
        return refusal.map(why -> new Delivery.Failed(why.code(), why.text()))
                .orElseGet(() -> new Delivery.Failed(ErrorCode.INTERNAL, ""));
    }

    /// By the server's clock, as far as it is known.
    private long now() {
        return chat.clock().millis() + clockOffsetMillis;
    }

    private Optional<RoomModel> current() {
        return chat.rooms().currentProperty().get();
    }
}
