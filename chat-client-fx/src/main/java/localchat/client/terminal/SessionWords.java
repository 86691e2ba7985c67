package localchat.client.terminal;

import localchat.core.client.SessionEvent.ClockOff;
import localchat.core.client.SessionEvent.Ended;
import localchat.core.client.SessionEvent.Reconnecting;

/// Says in the reader's language what became of a session.
final class SessionWords {
    private static final long MINUTE_MILLIS = 60_000;

    private final Texts texts;
    private final TerminalOptions options;

    SessionWords(Texts texts, TerminalOptions options) {
        this.texts = texts;
        this.options = options;
    }

    /// Why it ended, in one line.
    String of(Ended ended) {
        Text text =
                switch (ended.failure()) {
                    case CLOSED_BY_USER -> Text.ENDED_CLOSED;
                    case UNKNOWN_HOST -> Text.ENDED_UNKNOWN_HOST;
                    case REFUSED -> Text.ENDED_REFUSED;
                    case UNREACHABLE -> Text.ENDED_UNREACHABLE;
                    case TIMED_OUT -> Text.ENDED_TIMED_OUT;
                    case NOT_A_CHAT_SERVER -> Text.ENDED_NOT_A_CHAT_SERVER;
                    case KEY_UNKNOWN -> Text.ENDED_KEY_UNKNOWN;
                    case KEY_CHANGED -> Text.ENDED_KEY_CHANGED;
                    case NAME_TAKEN -> Text.ENDED_NAME_TAKEN;
                    case LOGIN_REFUSED -> Text.ENDED_LOGIN_REFUSED;
                    case REPLACED -> Text.ENDED_REPLACED;
                    case INVITE_REQUIRED -> Text.ENDED_INVITE_REQUIRED;
                    case CODE_INVALID -> Text.ENDED_CODE_INVALID;
                    case TRY_LATER -> Text.ENDED_TRY_LATER;
                    case KICKED -> Text.ENDED_KICKED;
                    case BANNED -> Text.ENDED_BANNED;
                    case DEVICE_REVOKED -> Text.ENDED_DEVICE_REVOKED;
                    case UPGRADE_REQUIRED -> Text.ENDED_UPGRADE_REQUIRED;
                };
        Object place = text == Text.ENDED_UNKNOWN_HOST ? options.server().host() : options.server();
        String words = texts.get(text, place, options.name(), ended.text());
        long seconds = (ended.retryAfterMillis() + 999) / 1_000;
        return seconds == 0 ? words : words + " " + texts.get(Text.ENDED_WAIT, seconds);
    }

    /// That there is no connection yet, for whom nothing is kept to go on with.
    String ofNoServer() {
        return texts.get(Text.ENDED_UNREACHABLE, options.server());
    }

    /// That there is no connection yet, and what can be done meanwhile.
    String ofNoServerYet() {
        return texts.get(Text.NOT_REACHED_YET, options.server());
    }

    /// Why it connects again, in one line.
    String of(Reconnecting reconnecting) {
        Text text =
                switch (reconnecting.reason()) {
                    case GOING_AWAY -> Text.LOST_GOING_AWAY;
                    case PEER_CLOSED -> Text.LOST_CLOSED;
                    case PEER_RESET -> Text.LOST_BROKEN;
                    case PEER_SILENT -> Text.LOST_SILENT;
                    case SLOW_READER -> Text.LOST_SLOW_READER;
                    default -> Text.LOST_OTHERWISE;
                };
        return texts.get(Text.CONNECTION_LOST, texts.get(text, reconnecting.reason().words()));
    }

    /// That a clock is wrong, in one line.
    String of(ClockOff off) {
        long millis = off.offsetMillis();
        long minutes = (Math.abs(millis) + MINUTE_MILLIS / 2) / MINUTE_MILLIS;
        return texts.get(millis < 0 ? Text.CLOCK_AHEAD : Text.CLOCK_BEHIND, minutes);
    }
}
