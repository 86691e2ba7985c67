package localchat.client.fx.chat;

import localchat.client.fx.i18n.Phrase;
import localchat.core.model.Role;

/// Roles in words.
final class RoleWords {
    private RoleWords() {}

    static Phrase of(Role role) {
        return Phrase.of(
                switch (role) {
                    case MEMBER -> "role.MEMBER";
                    case MODERATOR -> "role.MODERATOR";
                    case ADMIN -> "role.ADMIN";
                });
    }
}
