package localchat.client.fx.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.ChatSession;
import localchat.core.client.Moderation;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.core.model.Role;

/// What the person does about others, as far as their own role allows it; the server decides.
/// Refusals become notices. Belongs to the JavaFX thread.
public final class PersonCommands {
    /// Something that can be done about somebody.
    public enum Act {
        /// See nothing of them.
        BLOCK,
        /// See them again.
        UNBLOCK,
        /// Send them off the server.
        KICK,
        /// Let them post nothing for a while.
        MUTE,
        /// Let them post again.
        UNMUTE,
        /// Keep them out.
        BAN,
        /// Let them do what a member may.
        MAKE_MEMBER,
        /// Let them do what a moderator may.
        MAKE_MODERATOR,
        /// Let them do what an administrator may.
        MAKE_ADMIN
    }

    private final ChatSession session;
    private final ChatViewModel chat;
    private final Executor ui;

    /// @param ui runs tasks on the JavaFX thread in the order given
    PersonCommands(ChatSession session, ChatViewModel chat, Executor ui) {
        this.session = session;
        this.chat = chat;
        this.ui = ui;
    }

    /// What may be done about somebody, in the order in which it is offered; nothing about oneself.
    public List<Act> actsOn(PersonRow person) {
        List<Act> acts = new ArrayList<>();
        if (person.self()) {
            return acts;
        }
        boolean isBlocked = chat.blockedProperty().get().contains(person.userId());
        acts.add(isBlocked ? Act.UNBLOCK : Act.BLOCK);
        Role own = chat.selfProperty().get().role();
        if (own != Role.MEMBER && own.compareTo(person.role()) >= 0) {
            acts.addAll(List.of(Act.MUTE, Act.UNMUTE, Act.KICK));
        }
        if (own == Role.ADMIN) {
            acts.add(Act.BAN);
            for (Role role : Role.values()) {
                if (role != person.role()) {
                    acts.add(toMake(role));
                }
            }
        }
        return acts;
    }

    private static Act toMake(Role role) {
        return switch (role) {
            case MEMBER -> Act.MAKE_MEMBER;
            case MODERATOR -> Act.MAKE_MODERATOR;
            case ADMIN -> Act.MAKE_ADMIN;
        };
    }

    /// Does what needs no further words.
    public void act(Act act, PersonRow person) {
        switch (act) {
            case BLOCK -> tell(session.account().block(person.userId()));
            case UNBLOCK -> tell(session.account().unblock(person.userId()));
            case UNMUTE ->
                    tell(session.moderation().unmute(person.userId(), Moderation.EVERYWHERE));
            case MAKE_MEMBER -> make(person, Role.MEMBER);
            case MAKE_MODERATOR -> make(person, Role.MODERATOR);
            case MAKE_ADMIN -> make(person, Role.ADMIN);
            case KICK, MUTE, BAN ->
                    throw new IllegalArgumentException(act + " needs to be told how long or why");
        }
    }

    private void make(PersonRow person, Role role) {
        tell(session.moderation().setRole(person.userId(), role));
    }

    /// Sends somebody off the server.
    ///
    /// @return what is wrong with the reason; empty when the request is on its way
    public Optional<Phrase> kick(PersonRow person, String reason) {
        return whenShort(
                reason,
                () ->
                        tell(
                                session.moderation()
                                        .kick(
                                                person.userId(),
                                                Moderation.EVERYWHERE,
                                                reason.strip())));
    }

    /// Lets somebody post nothing for a while.
    ///
    /// @return what is wrong with the reason; empty when the request is on its way
    public Optional<Phrase> mute(PersonRow person, Duration span, String reason) {
        return whenShort(
                reason,
                () ->
                        tell(
                                session.moderation()
                                        .mute(
                                                person.userId(),
                                                Moderation.EVERYWHERE,
                                                span,
                                                reason.strip())));
    }

    /// Keeps somebody out.
    ///
    /// @param span zero: for ever
    /// @return what is wrong with the reason; empty when the request is on its way
    public Optional<Phrase> ban(PersonRow person, Duration span, String reason) {
        return whenShort(
                reason,
                () -> tell(session.moderation().ban(person.userId(), span, reason.strip())));
    }

    private static Optional<Phrase> whenShort(String reason, Runnable action) {
        int bytes = MessageText.utf8Length(reason.strip());
        if (bytes < 0 || bytes > EventBody.Moderation.REASON_BYTES_MAX) {
            return Optional.of(Phrase.of("fault.reason"));
        }
        action.run();
        return Optional.empty();
    }

    private void tell(CompletableFuture<Boolean> answer) {
        var _ =
                answer.whenCompleteAsync(
                        (done, failure) -> Account.words(failure).ifPresent(chat.notices()::tell),
                        ui);
    }
}
