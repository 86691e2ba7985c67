package localchat.server.session;

import java.util.List;
import java.util.Optional;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.model.RoomTopic;
import localchat.core.protocol.wire.EditBody;
import localchat.core.protocol.wire.MembershipBody;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.ReactionBody;
import localchat.server.account.Account;

/// What a client's post wants, checked field by field. Runs on the loop thread.
final class PostBodies {
    private PostBodies() {}

    /// The body of a post.
    ///
    /// @throws RequestRefused naming the field that is wrong
    static EventBody of(Post post, People people) throws RequestRefused {
        return switch (post.getBodyCase()) {
            case MESSAGE -> message(post.getMessage());
            case EDIT -> edit(post.getEdit());
            case DELETE -> new EventBody.Delete(target(post.getDelete().getTargetSeq()));
            case REACTION -> reaction(post.getReaction());
            case TOPIC -> {
                String topic = post.getTopic().getTopic();
                require(RoomTopic.fault(topic), ErrorCode.INVALID);
                yield new EventBody.Topic(new RoomTopic(topic));
            }
            case RENAME -> {
                String name = post.getRename().getName();
                require(RoomName.fault(name), ErrorCode.ROOM_NAME_INVALID);
                yield new EventBody.Rename(new RoomName(name));
            }
            case PIN ->
                    new EventBody.Pin(
                            target(post.getPin().getTargetSeq()), post.getPin().getUnpin());
            case MEMBERSHIP -> membership(post.getMembership(), people);
            case BODY_NOT_SET ->
                    throw new RequestRefused(
                            ErrorCode.UNSUPPORTED, "this server does not know this post");
        };
    }

    private static EventBody message(MessageBody message) throws RequestRefused {
        MessageText text = text(message.getText());
        if (message.getReplyToSeq() < 0) {
            throw new RequestRefused(ErrorCode.INVALID, "reply_to_seq is no seq");
        }
        List<Long> mentions = message.getMentionUserIdsList();
        if (mentions.size() > EventBody.Message.MENTIONS_MAX
                || mentions.stream().anyMatch(userId -> userId <= 0)) {
            throw new RequestRefused(
                    ErrorCode.INVALID,
                    "mention_user_ids are at most %d user ids"
                            .formatted(EventBody.Message.MENTIONS_MAX));
        }
        return new EventBody.Message(text, message.getReplyToSeq(), message.getAction(), mentions);
    }

    private static EventBody edit(EditBody edit) throws RequestRefused {
        return new EventBody.Edit(target(edit.getTargetSeq()), text(edit.getText()));
    }

    private static EventBody reaction(ReactionBody reaction) throws RequestRefused {
        require(Emoji.fault(reaction.getEmoji()), ErrorCode.INVALID);
        return new EventBody.Reaction(
                target(reaction.getTargetSeq()),
                new Emoji(reaction.getEmoji()),
                reaction.getRemove());
    }

    /// The name that stands in the event is the one the server knows.
    private static EventBody membership(MembershipBody membership, People people)
            throws RequestRefused {
        MembershipChange change =
                switch (membership.getChange()) {
                    case ADDED, REMOVED, LEFT, OWNER ->
                            MembershipChange.valueOf(membership.getChange().name());
                    case MEMBERSHIP_CHANGE_UNSPECIFIED, UNRECOGNIZED ->
                            throw new RequestRefused(
                                    ErrorCode.INVALID, "membership.change is none that is known");
                };
        Account account =
                people.account(membership.getUserId())
                        .orElseThrow(() ->
                                new RequestRefused(ErrorCode.NOT_FOUND, "there is no such person"));
        return new EventBody.Membership(account.userId(), account.name(), change);
    }

    private static long target(long seq) throws RequestRefused {
        if (seq <= 0) {
            throw new RequestRefused(ErrorCode.INVALID, "target_seq is no seq");
        }
        return seq;
    }

    private static MessageText text(String text) throws RequestRefused {
        if (text.isBlank()) {
            throw new RequestRefused(ErrorCode.TEXT_EMPTY, "the message is empty");
        }
        // A char becomes three bytes at most: only a text that may be too long is measured here.
        if (text.length() > MessageText.BYTES_MAX / 3) {
            int bytes = MessageText.utf8Length(text);
            if (bytes > MessageText.BYTES_MAX) {
                throw new RequestRefused(
                        ErrorCode.TEXT_TOO_LONG,
                        "the text has " + bytes + " bytes, at most " + MessageText.BYTES_MAX);
            }
        }
        return new MessageText(text);
    }

    private static void require(Optional<String> fault, ErrorCode code) throws RequestRefused {
        if (fault.isPresent()) {
            throw new RequestRefused(code, fault.get());
        }
    }
}
