package localchat.client.terminal;

import java.util.Set;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.UserName;

/// Who this person is. Before the first login only the name is known. Belongs to the owning thread.
final class Self {
    private UserName name;
    private long userId;
    private Role role = Role.MEMBER;
    private Set<Long> blocked = Set.of();

    Self(UserName name) {
        this.name = name;
    }

    /// The server says who it is.
    void is(Person person) {
        name = person.name();
        userId = person.userId();
        role = person.role();
    }

    Role role() {
        return role;
    }

    /// Whom this person wants to see nothing of.
    void blocks(Set<Long> userIds) {
        blocked = userIds;
    }

    boolean hasBlocked(long id) {
        return blocked.contains(id);
    }

    UserName name() {
        return name;
    }

    /// 0 before the first login.
    long userId() {
        return userId;
    }

    /// Whether this is that person's id, or before the login the name.
    boolean isSender(long id, UserName senderName) {
        return userId == 0 ? senderName.folded().equals(name.folded()) : id == userId;
    }

    /// Whether this person wrote it.
    boolean wrote(ChatMessage message) {
        return isSender(message.senderId(), message.senderName());
    }

    /// Whether a message speaks to this person.
    boolean isMentioned(ChatMessage message) {
        return message.body() instanceof EventBody.Message said && said.mentions().contains(userId);
    }
}
