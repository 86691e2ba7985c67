package localchat.server.session;

import com.google.protobuf.ByteString;
import java.util.Optional;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.room.Cursor;
import localchat.server.room.LogPost;
import localchat.server.room.PostOutcome;
import localchat.server.room.Room;
import localchat.server.room.RoomRules;
import localchat.server.room.Standing;

/// From a client's post to the log, and the answer to whom it concerns. PROTOCOL.md, "Posts". Runs
/// on the loop thread.
final class Posts {
    private Posts() {}

    static void onPost(Session session, Member member, long requestId, Post post) {
        try {
            LogPost logPost = check(session, member, requestId, post);
            member.beginPost();
            Optional<RoomRules.Refusal> refusal = session.services().rooms().offer(logPost);
            if (refusal.isPresent()) {
                member.endPost();
                throw new RequestRefused(refusal.get().code(), refusal.get().text());
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
        Room room = member.cursor(post.getRoomId()).room();
        EventBody body = PostBodies.of(post, session.services().people());
        long now = session.services().clockNanos().getAsLong();
        if (!member.postLimit().take(now)) {
            throw new RequestRefused(
                    ErrorCode.RATE_LIMITED,
                    "more posts than allowed; see Welcome.limits",
                    member.postLimit().millisToNext());
        }
        session.services().people().keep(member.person().userId());
        session.services().people().keep(room.state().ownerId());
        return new LogPost(
                post.getRoomId(),
                member.person().userId(),
                member.person().name(),
                Standing.of(member.person().role()),
                member.device(),
                MessageId.of(id),
                body,
                requestId,
                flight(post),
                session);
    }

    /// The flight as the unsigned number it is.
    private static long flight(Post post) {
        return Integer.toUnsignedLong(post.getFlight());
    }

    static void onDecided(Session session, Member member, PostOutcome outcome) {
        LogPost post = outcome.post();
        member.endPost();
        switch (outcome) {
            case PostOutcome.Stored stored -> {
                // The event acknowledges it, unless its author has left the room meanwhile, or
                // leaves
                // it before the event is handed over.
                if (!member.cursors().containsKey(post.roomId())) {
                    stored(session, post, stored.seq(), stored.timeMillis());
                } else {
                    member.unheardPosts()
                            .add(stored, member.cursors(), unheard -> stored(session, unheard));
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

    /// Nothing more comes from this cursor to a session that goes on.
    static void onLeaving(Session session, Member member, Cursor cursor) {
        member.unheardPosts().onLeaving(cursor, unheard -> stored(session, unheard));
    }

    private static void stored(Session session, LogPost post, long seq, long timeMillis) {
        stored(
                session,
                new UnheardPosts.Unheard(
                        post.roomId(), post.id(), post.requestId(), seq, timeMillis));
    }

    private static void stored(Session session, UnheardPosts.Unheard post) {
        PostStored stored =
                PostStored.newBuilder()
                        .setRoomId(post.roomId())
                        .setClientMsgId(ByteString.copyFrom(post.id().bytes()))
                        .setSeq(post.seq())
                        .setTimeMs(post.timeMillis())
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
