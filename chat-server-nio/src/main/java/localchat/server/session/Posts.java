package localchat.server.session;

import com.google.protobuf.ByteString;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.room.LogPost;
import localchat.server.room.PostOutcome;

/// From a client's post to the log, and the answer to whom it concerns. PROTOCOL.md, "Posts". Runs
/// on the loop thread.
final class Posts {
    private Posts() {}

    static void onPost(Session session, Member member, long requestId, Post post) {
        try {
            LogPost logPost = check(session, member, requestId, post);
            if (!session.services().messageLog().offer(logPost)) {
                throw new RequestRefused(ErrorCode.BUSY, "too many posts wait to be stored");
            }
        } catch (RequestRefused refused) {
            if (refused.code().retryable()) {
                member.refuseFlight(flight(post));
            }
            ByteString id = post.getClientMsgId();
            boolean isId = id.size() == Id128.BYTES;
            refuse(session, requestId, refused, isId ? id : ByteString.EMPTY, post.getRoomId());
        }
    }

    private static LogPost check(Session session, Member member, long requestId, Post post)
            throws RequestRefused {
        if (member.isRefusedFlight(flight(post))) {
            throw new RequestRefused(
                    ErrorCode.FLIGHT_REFUSED,
                    "an earlier post of flight " + flight(post) + " was refused");
        }
        byte[] id = Session.fixedBytes(post.getClientMsgId(), Id128.BYTES, "client_msg_id");
        member.cursor(post.getRoomId());
        EventBody body =
                switch (post.getBodyCase()) {
                    case MESSAGE -> messageBody(post.getMessage());
                    case EDIT, DELETE, REACTION, TOPIC, RENAME, PIN, MEMBERSHIP ->
                            throw new RequestRefused(
                                    ErrorCode.UNSUPPORTED,
                                    "this server does not offer posts of "
                                            + post.getBodyCase()
                                            + " yet");
                    case BODY_NOT_SET ->
                            throw new RequestRefused(
                                    ErrorCode.UNSUPPORTED, "this server does not know this post");
                };
        long now = session.services().clockNanos().getAsLong();
        if (!member.postLimit().take(now)) {
            throw new RequestRefused(
                    ErrorCode.RATE_LIMITED,
                    "more posts than allowed; see Welcome.limits",
                    member.postLimit().millisToNext());
        }
        return new LogPost(
                post.getRoomId(),
                member.person().userId(),
                member.person().name(),
                member.device(),
                MessageId.of(id),
                body,
                requestId,
                flight(post),
                session);
    }

    private static EventBody messageBody(MessageBody message) throws RequestRefused {
        MessageText text = text(message.getText());
        if (message.getReplyToSeq() < 0) {
            throw new RequestRefused(ErrorCode.INVALID, "reply_to_seq is no seq");
        }
        return new EventBody.Message(text, message.getReplyToSeq(), message.getAction());
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

    /// The flight as the unsigned number it is.
    private static long flight(Post post) {
        return Integer.toUnsignedLong(post.getFlight());
    }

    static void onDecided(Session session, Member member, PostOutcome outcome) {
        LogPost post = outcome.post();
        switch (outcome) {
            case PostOutcome.Stored stored -> {
                // The event acknowledges it, unless its author has left the room meanwhile.
                if (!member.cursors().containsKey(post.roomId())) {
                    stored(session, post, stored.seq(), stored.timeMillis());
                }
            }
            case PostOutcome.Duplicate duplicate ->
                    stored(session, post, duplicate.seq(), duplicate.timeMillis());
            case PostOutcome.Refused refused -> {
                if (refused.code().retryable()) {
                    member.refuseFlight(post.flight());
                }
                refuse(
                        session,
                        post.requestId(),
                        new RequestRefused(refused.code(), refused.text()),
                        ByteString.copyFrom(post.id().bytes()),
                        post.roomId());
            }
        }
    }

    private static void stored(Session session, LogPost post, long seq, long timeMillis) {
        PostStored stored =
                PostStored.newBuilder()
                        .setRoomId(post.roomId())
                        .setClientMsgId(ByteString.copyFrom(post.id().bytes()))
                        .setSeq(seq)
                        .setTimeMs(timeMillis)
                        .build();
        session.send(post.requestId(), ServerFrame.newBuilder().setPostStored(stored));
    }

    private static void refuse(
            Session session,
            long requestId,
            RequestRefused refused,
            ByteString clientMsgId,
            long roomId) {
        session.send(
                requestId,
                ServerFrame.newBuilder()
                        .setError(
                                Session.errorBody(
                                                refused.code(),
                                                refused.text(),
                                                refused.retryAfterMillis())
                                        .setClientMsgId(clientMsgId)
                                        .setRoomId(roomId)));
    }
}
