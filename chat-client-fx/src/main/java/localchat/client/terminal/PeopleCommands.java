package localchat.client.terminal;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localchat.client.terminal.Mentions.Found;
import localchat.client.terminal.Mentions.Known;
import localchat.core.client.InviteInfo;
import localchat.core.client.Moderation;
import localchat.core.client.PeopleList;
import localchat.core.client.SecretCode;
import localchat.core.identity.KeyWords;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomKind;
import localchat.core.model.UserName;

/// Does what a person enters about others. Belongs to the owning thread.
///
/// In a private room that somebody is sent out of, or muted in, it is that room alone; elsewhere it
/// is the whole server.
final class PeopleCommands {
    /// People asked for when somebody is looked up who is in no room here.
    private static final int LOOKED_UP_MAX = 10_000;

    /// People remembered of whom the audit room told. Reason: more than anyone undoes.
    private static final int CONCERNED_MAX = 1_000;

    /// Somebody without a name that is known: `id:42`.
    private static final Pattern BY_ID =
            Pattern.compile("id:([1-9][0-9]{0,17})(?:\\s+(.*))?", Pattern.DOTALL);

    /// How long somebody is muted when nothing is said.
    static final Duration MUTE_DEFAULT = Duration.ofMinutes(10);

    private final Conversation chat;
    private final Announcer announcer;
    private final Moderation moderation;
    private final MessageCommands messages;
    private final Answers answers;
    private final Map<Long, Known> concerned = new LinkedHashMap<>();

    PeopleCommands(Conversation chat, MessageCommands messages) {
        this.chat = chat;
        this.announcer = chat.announcer();
        this.moderation = chat.session().moderation();
        this.messages = messages;
        this.answers = new Answers(chat.inbox(), announcer);
    }

    /// Does it, or says why not.
    void run(Command.AboutPeople command) {
        switch (command) {
            case Command.AboutPerson(Command.Act act, String words) -> find(act, words);
            case Command.Release(String name) ->
                    answers.use(
                            moderation.releaseName(name),
                            _ -> announcer.note(Text.NAME_RELEASED, name));
            case Command.MakeInvite(int uses, Duration valid) ->
                    answers.use(moderation.createInvite(uses, valid), this::showInvite);
            case Command.Invites() -> answers.use(moderation.invites(), this::showInvites);
            case Command.RevokeInvite(String id) ->
                    answers.use(
                            moderation.revokeInvite(id),
                            _ -> announcer.note(Text.INVITE_REVOKED, id));
        }
    }

    /// The audit room may tell of people who are not here, such as the banned.
    void onEvent(RoomEvent event) {
        if (event.body() instanceof EventBody.Moderation done
                && done.userId() > 0
                && UserName.fault(done.userName()).isEmpty()
                && concerned.size() < CONCERNED_MAX) {
            concerned.put(done.userId(), new Known(done.userId(), new UserName(done.userName())));
        }
    }

    /// Who is meant: somebody in a room here, else on the server, else of whom the audit room told.
    private void find(Command.Act act, String words) {
        Matcher byId = BY_ID.matcher(words);
        Optional<Found> here = Mentions.first(words, chat.rooms().people());
        if (byId.matches()) {
            long userId = Long.parseLong(byId.group(1));
            String rest = byId.group(2) == null ? "" : byId.group(2);
            act(act, new Found(new Known(userId, new UserName("id:" + userId)), rest));
        } else if (here.isPresent() && act != Command.Act.WHOIS) {
            act(act, here.get());
        } else {
            answers.use(
                    chat.session().listPeople(Moderation.EVERYWHERE, LOOKED_UP_MAX),
                    everyone -> findIn(everyone, act, words));
        }
    }

    private void findIn(PeopleList everyone, Command.Act act, String words) {
        List<Known> known =
                everyone.people().stream()
                        .map(person -> new Known(person.userId(), person.name()))
                        .toList();
        Optional<Found> found =
                Mentions.first(words, known)
                        .or(() -> Mentions.first(words, chat.rooms().people()))
                        .or(() -> Mentions.first(words, concerned.values()));
        if (found.isEmpty()) {
            announcer.warning(Text.UNKNOWN_PERSON, words);
        } else if (act == Command.Act.WHOIS) {
            tellWho(everyone, found.get().person());
        } else {
            act(act, found.get());
        }
    }

    private void act(Command.Act act, Found found) {
        Known person = found.person();
        switch (act) {
            case WHOIS -> announcer.note(Text.WHOIS_UNKNOWN, person.name(), person.userId());
            case BLOCK ->
                    answers.use(
                            chat.session().account().block(person.userId()),
                            _ -> announcer.note(Text.BLOCKED, person.name()));
            case UNBLOCK ->
                    answers.use(
                            chat.session().account().unblock(person.userId()),
                            _ -> announcer.note(Text.UNBLOCKED, person.name()));
            case OWNER -> makeOwner(person);
            case KICK -> kick(person, found.rest());
            case MUTE -> mute(person, Terms.of(found.rest()));
            case UNMUTE ->
                    answers.use(
                            moderation.unmute(person.userId(), place()),
                            _ -> announcer.note(Text.DONE_UNMUTE, person.name()));
            case BAN -> ban(person, Terms.of(found.rest()));
            case UNBAN ->
                    answers.use(
                            moderation.unban(person.userId()),
                            _ -> announcer.note(Text.DONE_UNBAN, person.name()));
            case ROLE -> giveRole(person, found.rest());
        }
    }

    /// How long, and why.
    private record Terms(Optional<Duration> span, String reason) {
        static Terms of(String rest) {
            String[] words = rest.split("\\s+", 2);
            Optional<Duration> span = Spans.of(words[0]);
            return new Terms(
                    span, span.isEmpty() ? rest : words.length > 1 ? words[1].strip() : "");
        }
    }

    /// The room in front when it is private, else the whole server.
    private long place() {
        return chat.rooms()
                .current()
                .filter(room -> room.info().kind() == RoomKind.PRIVATE)
                .map(JoinedRoom::roomId)
                .orElse(Moderation.EVERYWHERE);
    }

    private void kick(Known person, String reason) {
        if (isReason(reason)) {
            answers.use(
                    moderation.kick(person.userId(), place(), reason),
                    _ -> announcer.note(Text.DONE_KICK, person.name()));
        }
    }

    private void mute(Known person, Terms terms) {
        if (isReason(terms.reason())) {
            Duration span = terms.span().orElse(MUTE_DEFAULT);
            answers.use(
                    moderation.mute(person.userId(), place(), span, terms.reason()),
                    _ -> announcer.note(Text.DONE_MUTE, person.name()));
        }
    }

    private void ban(Known person, Terms terms) {
        if (isReason(terms.reason())) {
            Duration span = terms.span().orElse(Duration.ZERO);
            answers.use(
                    moderation.ban(person.userId(), span, terms.reason()),
                    _ -> announcer.note(Text.DONE_BAN, person.name()));
        }
    }

    private boolean isReason(String reason) {
        int bytes = MessageText.utf8Length(reason);
        boolean fits = bytes >= 0 && bytes <= EventBody.Moderation.REASON_BYTES_MAX;
        if (!fits) {
            announcer.warning(Text.REASON_TOO_LONG, EventBody.Moderation.REASON_BYTES_MAX);
        }
        return fits;
    }

    private void giveRole(Known person, String word) {
        Optional<Role> role =
                Arrays.stream(Role.values())
                        .filter(each -> each.name().equals(word.toUpperCase(Locale.ROOT)))
                        .findFirst();
        if (role.isEmpty()) {
            announcer.warning(Text.NEEDS_ROLE, "/role");
            return;
        }
        answers.use(
                moderation.setRole(person.userId(), role.get()),
                _ -> announcer.note(Text.ROLE_CHANGED, person.name(), announcer.role(role.get())));
    }

    private void makeOwner(Known person) {
        Optional<JoinedRoom> room = chat.rooms().current();
        if (room.isEmpty()) {
            announcer.warning(Text.NO_ROOM);
        } else if (room.get().info().kind() != RoomKind.PRIVATE) {
            announcer.warning(Text.NOT_PRIVATE, Looks.roomWord(room.get()));
        } else {
            messages.post(
                    room.get(),
                    new EventBody.Membership(
                            person.userId(), person.name(), MembershipChange.OWNER));
        }
    }

    private void tellWho(PeopleList everyone, Known known) {
        Optional<Person> found =
                everyone.people().stream()
                        .filter(person -> person.userId() == known.userId())
                        .findFirst();
        if (found.isEmpty()) {
            announcer.note(Text.WHOIS_UNKNOWN, known.name(), known.userId());
            return;
        }
        Person person = found.get();
        announcer.note(Text.WHOIS, person.name(), announcer.role(person.role()), known.userId());
        person.keyPrefix()
                .ifPresent(key ->
                        announcer.note(Text.WHOIS_WORDS, String.join(" ", KeyWords.ofPerson(key))));
        if (chat.self().hasBlocked(person.userId())) {
            announcer.note(Text.WHOIS_BLOCKED, person.name());
        }
    }

    private void showInvite(SecretCode code) {
        announcer.note(Text.INVITE_CODE, code.code());
        if (!code.link().isBlank()) {
            announcer.note(Text.INVITE_LINK, code.link());
        }
        if (code.expiresMillis() > 0) {
            announcer.note(Text.INVITE_ENDS, announcer.times().dayAndTime(code.expiresMillis()));
        }
    }

    private void showInvites(List<InviteInfo> invites) {
        announcer.note(invites.isEmpty() ? Text.INVITES_NONE : Text.INVITES);
        for (InviteInfo invite : invites) {
            announcer.line(announcer.looks().item(ShownText.line(invite.id()), remark(invite)));
        }
    }

    private String remark(InviteInfo invite) {
        if (invite.revoked()) {
            return announcer.words(Text.INVITE_IS_REVOKED);
        }
        String uses =
                invite.anyNumber()
                        ? announcer.words(Text.INVITE_ANY_USES)
                        : announcer.words(Text.INVITE_USES, invite.usesLeft());
        return invite.expiresMillis() == 0
                ? uses
                : uses
                        + ", "
                        + announcer.words(
                                Text.INVITE_UNTIL,
                                announcer.times().dayAndTime(invite.expiresMillis()));
    }
}
