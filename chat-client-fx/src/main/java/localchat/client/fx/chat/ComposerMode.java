package localchat.client.fx.chat;

/// What the text being written will be.
public sealed interface ComposerMode {
    /// A message of its own.
    record Plain() implements ComposerMode {}

    /// An answer to a message.
    ///
    /// @param text one line of what it says
    record Replying(long seq, String author, String text) implements ComposerMode {}

    /// Another text for an own message.
    ///
    /// @param original the text it has
    record Editing(long seq, String original) implements ComposerMode {}
}
