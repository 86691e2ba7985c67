package localchat.client.fx.chat;

import java.util.List;

/// How the server is known.
public sealed interface ServerKey {
    /// Not yet, or for an unencrypted connection not at all.
    record Unknown() implements ServerKey {}

    /// By its key.
    ///
    /// @param words by which people compare it
    /// @param verified whether somebody vouched for it: a link, or this person
    record Known(List<String> words, boolean verified) implements ServerKey {
        /// Copies the list.
        public Known {
            words = List.copyOf(words);
        }
    }
}
