package localchat.core.model;

import java.util.List;

/// What happened in one entry of a room's log.
public sealed interface EventBody {
    /// Somebody said something.
    ///
    /// @param replyToSeq seq of the message this replies to, 0 for none
    /// @param action true for "/me": the text tells what the sender does
    /// @param mentions user ids of the people it speaks to, at most [#MENTIONS_MAX]
    record Message(MessageText text, long replyToSeq, boolean action, List<Long> mentions)
            implements EventBody {
        /// People one message may speak to. Reason: more than one calls by name; whoever means
        /// everyone says so in the text.
        public static final int MENTIONS_MAX = 32;

        /// Copies the list.
        ///
        /// @throws IllegalArgumentException when `replyToSeq` is below 0, a mention is no user id,
        ///   or there are too many
        public Message {
            if (replyToSeq < 0) {
                throw new IllegalArgumentException(
                        "reply_to_seq is not below 0, not " + replyToSeq);
            }
            mentions = List.copyOf(mentions);
            if (mentions.size() > MENTIONS_MAX || mentions.stream().anyMatch(id -> id <= 0)) {
                throw new IllegalArgumentException(
                        "mentions are at most %d user ids above 0, not %s"
                                .formatted(MENTIONS_MAX, mentions));
            }
        }

        /// A message that mentions nobody.
        public Message(MessageText text, long replyToSeq, boolean action) {
            this(text, replyToSeq, action, List.of());
        }
    }

    /// A message was given another text by its sender.
    record Edit(long targetSeq, MessageText text) implements EventBody {
        /// @throws IllegalArgumentException when `targetSeq` is not above 0
        public Edit {
            requireTarget(targetSeq);
        }
    }

    /// A message was taken back: a tombstone stands in its place from now on.
    record Delete(long targetSeq) implements EventBody {
        /// @throws IllegalArgumentException when `targetSeq` is not above 0
        public Delete {
            requireTarget(targetSeq);
        }
    }

    /// Somebody reacted to a message.
    ///
    /// @param remove whether the reaction was taken back
    record Reaction(long targetSeq, Emoji emoji, boolean remove) implements EventBody {
        /// @throws IllegalArgumentException when `targetSeq` is not above 0
        public Reaction {
            requireTarget(targetSeq);
        }
    }

    /// The room has another topic.
    record Topic(RoomTopic topic) implements EventBody {}

    /// The room has another name.
    record Rename(RoomName name) implements EventBody {}

    /// A message was pinned.
    ///
    /// @param unpin whether it was taken off instead
    record Pin(long targetSeq, boolean unpin) implements EventBody {
        /// @throws IllegalArgumentException when `targetSeq` is not above 0
        public Pin {
            requireTarget(targetSeq);
        }
    }

    /// The membership of a private room changed.
    ///
    /// @param userId whose membership
    /// @param userName that person's name at that time
    record Membership(long userId, UserName userName, MembershipChange change)
            implements EventBody {
        /// @throws IllegalArgumentException when `userId` is not above 0
        public Membership {
            if (userId <= 0) {
                throw new IllegalArgumentException("a user id is above 0, not " + userId);
            }
        }
    }

    /// The room's settings changed.
    record Settings(RoomSettings settings) implements EventBody {}

    /// A moderator or administrator did something; in the audit room.
    ///
    /// @param userId whom it concerns; 0: nobody
    /// @param userName that person's name at that time, a name that was released, or what names an
    ///   invite; may be empty, at most [#SUBJECT_BYTES_MAX] bytes of UTF-8
    /// @param reason in the moderator's words; may be empty, at most [#REASON_BYTES_MAX] bytes
    /// @param untilMillis its end, milliseconds since 1970-01-01T00:00:00Z; 0: none
    /// @param roomId the room it is about; 0: the whole server
    record Moderation(
            ModerationAct act,
            long userId,
            String userName,
            String reason,
            long untilMillis,
            long roomId)
            implements EventBody {
        /// Longest reason, in bytes of UTF-8. Reason: a sentence or two.
        public static final int REASON_BYTES_MAX = 256;

        /// Longest name of whom or what it concerns, in bytes of UTF-8: that of a person.
        public static final int SUBJECT_BYTES_MAX = UserName.BYTES_MAX;

        /// @throws IllegalArgumentException when a number is below 0 or a text too long
        public Moderation {
            if (userId < 0 || untilMillis < 0 || roomId < 0) {
                throw new IllegalArgumentException(
                        "user id, end and room id are not below 0, not %d, %d and %d"
                                .formatted(userId, untilMillis, roomId));
            }
            requireLength("a name", userName, SUBJECT_BYTES_MAX);
            requireLength("a reason", reason, REASON_BYTES_MAX);
        }

        private static void requireLength(String what, String text, int bytesMax) {
            int bytes = MessageText.utf8Length(text);
            if (bytes < 0 || bytes > bytesMax) {
                throw new IllegalArgumentException(
                        "%s has at most %d bytes of UTF-8, not %d"
                                .formatted(what, bytesMax, bytes));
            }
        }
    }

    /// What stood here was deleted or has expired.
    ///
    /// @param byUserId who deleted it; 0 when it expired
    record Tombstone(TombstoneCause cause, long byUserId) implements EventBody {
        /// @throws IllegalArgumentException when `byUserId` is below 0
        public Tombstone {
            if (byUserId < 0) {
                throw new IllegalArgumentException("a user id is not below 0, not " + byUserId);
            }
        }
    }

    /// A kind of event that this version does not show; its place in the sequence counts all the
    /// same.
    record Unknown() implements EventBody {}

    private static void requireTarget(long seq) {
        if (seq <= 0) {
            throw new IllegalArgumentException("a target's seq is above 0, not " + seq);
        }
    }
}
