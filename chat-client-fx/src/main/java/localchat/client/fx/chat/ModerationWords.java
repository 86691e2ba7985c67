package localchat.client.fx.chat;

import localchat.client.fx.i18n.Phrase;
import localchat.core.model.EventBody;

/// What moderators and administrators did, in words.
final class ModerationWords {
    private ModerationWords() {}

    static Phrase of(String who, EventBody.Moderation done) {
        String whom = done.userName();
        boolean isForGood = done.untilMillis() == 0;
        Phrase words =
                switch (done.act()) {
                    case KICK -> Phrase.of("audit.kick", who, whom);
                    case MUTE -> Phrase.of("audit.mute", who, whom);
                    case UNMUTE -> Phrase.of("audit.unmute", who, whom);
                    case BAN ->
                            Phrase.of(isForGood ? "audit.ban" : "audit.banForAWhile", who, whom);
                    case UNBAN -> Phrase.of("audit.unban", who, whom);
                    case ROLE -> Phrase.of("audit.role", who, whom);
                    case RELEASE_NAME -> Phrase.of("audit.releaseName", who, whom);
                    case REVOKE_DEVICE -> Phrase.of("audit.revokeDevice", who, whom);
                    case CREATE_INVITE -> Phrase.of("audit.createInvite", who, whom);
                    case REVOKE_INVITE -> Phrase.of("audit.revokeInvite", who, whom);
                };
        return done.reason().isBlank() ? words : Phrase.of("audit.because", words, done.reason());
    }
}
