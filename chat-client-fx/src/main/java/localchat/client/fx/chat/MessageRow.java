package localchat.client.fx.chat;

import java.util.List;
import java.util.Optional;
import localchat.client.fx.i18n.Phrase;
import localchat.core.model.Emoji;
import localchat.core.model.MessageId;
import localchat.core.model.TombstoneCause;

/// One row of the [Timeline].
///
/// @param timeMillis when the server took it, or when it was written here while it has not
public record MessageRow(
        MessageId id,
        Author author,
        Content content,
        long timeMillis,
        Delivery delivery,
        Placement placement) {

    /// What a row tells.
    public sealed interface Content {
        /// Something somebody said.
        ///
        /// @param action true for "/me": the text tells what the author does
        /// @param editedMillis when it was last edited; 0: never
        /// @param quote what it replies to
        /// @param mentionsSelf whether it speaks to the person in front of the window
        /// @param changing whether an edit, deletion or reaction of one's own is not stored yet
        record Said(
                String text,
                boolean action,
                long editedMillis,
                List<Reaction> reactions,
                Optional<Quote> quote,
                boolean pinned,
                boolean mentionsSelf,
                boolean changing)
                implements Content {
            /// Copies the list.
            public Said {
                reactions = List.copyOf(reactions);
            }

            /// Plain words, to which nothing has happened yet.
            static Said plain(
                    String text, boolean action, Optional<Quote> quote, boolean mentionsSelf) {
                return new Said(text, action, 0, List.of(), quote, false, mentionsSelf, false);
            }
        }

        /// A message was here.
        ///
        /// @param changing whether the deletion is one's own and not stored yet
        record Gone(TombstoneCause cause, boolean changing) implements Content {}

        /// A message that only a newer version of this program can show.
        record Unreadable() implements Content {}

        /// Something that happened to the room.
        record Note(Phrase words) implements Content {}
    }

    /// What people reacted with.
    ///
    /// @param count how many did
    /// @param own whether the person in front of the window is one of them
    /// @param userIds some of them
    public record Reaction(Emoji emoji, int count, boolean own, List<Long> userIds) {
        /// Copies the list.
        public Reaction {
            userIds = List.copyOf(userIds);
        }
    }

    /// The message that another one replies to, as far as it is known.
    ///
    /// @param author may be empty
    /// @param text one line, may be empty
    public record Quote(long seq, State state, String author, String text) {
        /// Longest quoted text, in code points. Reason: one line of a wide window.
        static final int TEXT_MAX = 160;

        /// What is known of the quoted message.
        public enum State {
            /// Who said what.
            KNOWN,
            /// That it was deleted or has expired.
            GONE,
            /// Nothing yet.
            UNKNOWN
        }

        /// One line of somebody's words.
        static Quote known(long seq, String author, String text) {
            String line = text.strip().replaceAll("\\s+", " ");
            boolean fits = line.codePointCount(0, line.length()) <= TEXT_MAX;
            String cut =
                    fits ? line : line.substring(0, line.offsetByCodePoints(0, TEXT_MAX)) + "…";
            return new Quote(seq, State.KNOWN, author, cut);
        }
    }

    /// How a row stands to the one before it.
    ///
    /// @param startsDay the first of its day
    /// @param startsUnread the first that was not read when the room was opened
    /// @param startsGroup not a direct continuation by the same author
    public record Placement(boolean startsDay, boolean startsUnread, boolean startsGroup) {
        /// Of a row with nothing before it.
        static final Placement FIRST = new Placement(true, false, true);
    }

    /// A row without a place in a list.
    MessageRow(MessageId id, Author author, Content content, long timeMillis, Delivery delivery) {
        this(id, author, content, timeMillis, delivery, Placement.FIRST);
    }

    /// Its place in the room, or `Long.MAX_VALUE` while it has none: such rows stand last.
    public long seq() {
        return delivery instanceof Delivery.Stored stored ? stored.seq() : Long.MAX_VALUE;
    }

    /// What was said; "" when nothing was.
    public String text() {
        return said().map(Content.Said::text).orElse("");
    }

    /// What was said, when something was.
    public Optional<Content.Said> said() {
        return content instanceof Content.Said said ? Optional.of(said) : Optional.empty();
    }

    /// Whether the server has it and something was said: it can be replied and reacted to.
    public boolean isOpen() {
        return delivery instanceof Delivery.Stored && content instanceof Content.Said;
    }

    /// Whether the person in front of the window may change it.
    public boolean isOwnOpen() {
        return isOpen() && author.self();
    }

    /// Whether it can still be taken back without the server knowing.
    public boolean isUnsent() {
        return delivery instanceof Delivery.Waiting || delivery instanceof Delivery.Failed;
    }

    MessageRow with(Placement newPlacement) {
        return newPlacement.equals(placement)
                ? this
                : new MessageRow(id, author, content, timeMillis, delivery, newPlacement);
    }

    MessageRow with(Delivery newDelivery, long newTimeMillis) {
        return new MessageRow(id, author, content, newTimeMillis, newDelivery, placement);
    }

    MessageRow with(Author newAuthor) {
        return new MessageRow(id, newAuthor, content, timeMillis, delivery, placement);
    }

    MessageRow with(Content newContent) {
        return new MessageRow(id, author, newContent, timeMillis, delivery, placement);
    }
}
