package localchat.server.session;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.OptionalLong;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageId;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.account.Restraints;
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
        requireVoice(session, member, room, body);
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
                Standing.of(member.person().role()),
                member.device(),
                MessageId.of(id),
                body,
                requestId,
                flight(post),
                session);
    }

    /// That the person may speak in this room. Whoever may not can still take back what it said,
    /// and go. Mutes are decided in the order in which posts are handed over, by the loop: so this
    /// is in the log's order.
    private static void requireVoice(Session session, Member member, Room room, EventBody body)
            throws RequestRefused {
        Restraints restraints = session.services().register().restraints();
        long now = session.services().epochMillis().getAsLong();
        Optional<Long> muted = restraints.mutedUntil(member.userId(), room.id(), now);
        boolean isLeaving =
                body instanceof EventBody.Membership(_, _, MembershipChange change)
                        && change == MembershipChange.LEFT;
        if (muted.isPresent() && !isLeaving && !(body instanceof EventBody.Delete)) {
            throw new RequestRefused(
                    ErrorCode.MUTED,
                    "you may not post here for now",
                    (int) Math.min(Integer.MAX_VALUE, muted.get() - now));
        }
        if (isBlocked(session, member, room) && !(body instanceof EventBody.Delete)) {
            throw new RequestRefused(ErrorCode.FORBIDDEN, "this person takes no messages from you");
        }
    }

    /// Whether a room is a direct message to somebody who wants to hear nothing of this person.
    static boolean isBlocked(Session session, Member member, Room room) {
        OptionalLong peer = room.state().peerOf(member.userId());
        return peer.isPresent()
                && session.services()
                        .register()
                        .restraints()
                        .isBlocked(peer.getAsLong(), member.userId());
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
