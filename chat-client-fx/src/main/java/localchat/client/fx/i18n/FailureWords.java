package localchat.client.fx.i18n;

import localchat.core.client.SessionEvent;

/// Why a session ended, in words a person can act on.
public final class FailureWords {
    private FailureWords() {}

    /// The words for an end.
    ///
    /// @param where the server as shown to the person
    /// @param person who logged in
    public static Phrase of(SessionEvent.Ended ended, Object where, Object person) {
        Phrase words = Phrase.of("failure." + ended.failure(), where, person, ended.text());
        long seconds = (ended.retryAfterMillis() + 999) / 1_000;
        return seconds == 0
                ? words
                : Phrase.of("failure.wait", words, Phrase.count("failure.seconds", seconds));
    }
}
