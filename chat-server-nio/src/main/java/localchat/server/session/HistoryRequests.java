package localchat.server.session;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Function;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.FetchEvents;
import localchat.core.protocol.wire.FetchHistory;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.room.MessageLog.Events;
import localchat.server.room.MessageLog.Page;
import localchat.server.room.MessageLog.PageAnchor;
import localchat.server.room.Reading;
import localchat.server.room.Room;

/// Requests for what was said before. Runs on the loop thread.
final class HistoryRequests {
    /// What a page's frame has beside its entries, in bytes, at most.
    private static final int PAGE_OVERHEAD_BYTES = 128;

    /// Bytes of entries that fit a page.
    private static final int ENTRIES_BYTES_MAX =
            ProtocolLimits.FRAME_BYTES_MAX - PAGE_OVERHEAD_BYTES;

    private HistoryRequests() {}

    static void onFetchHistory(Session session, Member member, long requestId, FetchHistory fetch)
            throws RequestRefused {
        long roomId = fetch.getRoomId();
        Room room = member.cursor(roomId).room();
        PageAnchor anchor = anchor(fetch);
        int max = SessionConfig.HISTORY_PAGE_MESSAGES_MAX;
        int limit = fetch.getLimit() <= 0 || fetch.getLimit() > max ? max : fetch.getLimit();
        boolean newestFirst = anchor instanceof PageAnchor.Before;
        member.beginReading();
        session.services()
                .messageLog()
                .readPage(
                        roomId,
                        room.state().visibleFromSeq(member.person().userId()),
                        anchor,
                        limit,
                        reading -> {
                            member.endReading();
                            answer(
                                    session,
                                    requestId,
                                    room,
                                    reading,
                                    page -> historyPage(room, page, newestFirst));
                        });
    }

    private static <T> void answer(
            Session session,
            long requestId,
            Room room,
            Reading<T> reading,
            Function<T, ServerFrame.Builder> toFrame) {
        switch (reading) {
            case Reading.Found<T> found when session.connection().isAnswersHigh() ->
                    session.send(
                            requestId,
                            Session.error(
                                    ErrorCode.BUSY,
                                    "read the answers that wait before asking for more",
                                    0));
            case Reading.Found<T> found when !session.isIn(room) ->
                    session.send(
                            requestId,
                            Session.error(
                                    ErrorCode.NOT_IN_ROOM, "you are not in this room any more", 0));
            case Reading.Found<T>(T found) -> session.send(requestId, toFrame.apply(found));
            case Reading.Failed<T>(ErrorCode code, String text) ->
                    session.send(requestId, Session.error(code, text, 0));
        }
    }

    private static PageAnchor anchor(FetchHistory fetch) throws RequestRefused {
        PageAnchor anchor =
                switch (fetch.getAnchorCase()) {
                    case BEFORE_SEQ -> new PageAnchor.Before(fetch.getBeforeSeq());
                    case AFTER_SEQ -> new PageAnchor.After(fetch.getAfterSeq());
                    case AROUND_SEQ -> new PageAnchor.Around(fetch.getAroundSeq());
                    case FROM_TIME_MS -> new PageAnchor.FromTime(fetch.getFromTimeMs());
                    case ANCHOR_NOT_SET -> new PageAnchor.Before(0);
                };
        boolean negative =
                switch (anchor) {
                    case PageAnchor.Before(long seq) -> seq < 0;
                    case PageAnchor.After(long seq) -> seq < 0;
                    case PageAnchor.Around(long seq) -> seq < 0;
                    case PageAnchor.FromTime time -> false;
                };
        if (negative) {
            throw new RequestRefused(ErrorCode.INVALID, "the anchor is no seq");
        }
        return anchor;
    }

    /// As much of the page as fits a frame: the newest of it, or else the oldest. What the store
    /// has and the room has not heard of yet is left out: its receivers are not decided.
    private static ServerFrame.Builder historyPage(Room room, Page page, boolean newestFirst) {
        List<ChatMessage> heard =
                page.messages().stream()
                        .filter(message -> message.seq() <= room.headSeq())
                        .toList();
        boolean unheard = heard.size() < page.messages().size();
        List<ChatMessage> messages = newestFirst ? heard.reversed() : heard;
        ArrayDeque<HistoryMessage> fitting = new ArrayDeque<>();
        int bytes = 0;
        for (ChatMessage chatMessage : messages) {
            HistoryMessage message = WireEncoding.historyMessage(chatMessage);
            bytes += bytesOf(message);
            if (bytes > ENTRIES_BYTES_MAX) {
                break;
            }
            if (newestFirst) {
                fitting.addFirst(message);
            } else {
                fitting.addLast(message);
            }
        }
        boolean cut = fitting.size() < messages.size();
        return ServerFrame.newBuilder()
                .setHistoryPage(
                        HistoryPage.newBuilder()
                                .setRoomId(room.id())
                                .addAllMessages(fitting)
                                .setTrueAsOfSeq(page.trueAsOfSeq())
                                .setMoreBefore(page.moreBefore() || (cut && newestFirst))
                                .setMoreAfter(
                                        page.moreAfter() || unheard || (cut && !newestFirst)));
    }

    static void onFetchEvents(Session session, Member member, long requestId, FetchEvents fetch)
            throws RequestRefused {
        long roomId = fetch.getRoomId();
        Room room = member.cursor(roomId).room();
        long head = room.headSeq();
        long visibleFrom = room.state().visibleFromSeq(member.person().userId());
        long from = Math.max(visibleFrom, fetch.getFromSeq());
        long to = fetch.getToSeq() == 0 ? head : Math.min(head, fetch.getToSeq());
        if (fetch.getFromSeq() < 0 || fetch.getToSeq() < 0) {
            throw new RequestRefused(ErrorCode.INVALID, "from_seq or to_seq is no seq");
        }
        member.beginReading();
        session.services()
                .messageLog()
                .readEvents(
                        roomId,
                        from,
                        to,
                        ENTRIES_BYTES_MAX,
                        reading -> {
                            member.endReading();
                            answer(
                                    session,
                                    requestId,
                                    room,
                                    reading,
                                    events -> eventPage(roomId, events, to));
                        });
    }

    private static ServerFrame.Builder eventPage(long roomId, Events events, long to) {
        EventPage.Builder page = EventPage.newBuilder().setRoomId(roomId);
        int bytes = 0;
        long last = to;
        long seq = events.firstSeq();
        for (EncodedFrame frame : events.frames()) {
            Event event = event(frame);
            bytes += bytesOf(event);
            if (seq > to || bytes > ENTRIES_BYTES_MAX) {
                break;
            }
            page.addEvents(event);
            last = seq++;
        }
        page.setMore(page.getEventsCount() > 0 && last < to);
        return ServerFrame.newBuilder().setEventPage(page);
    }

    private static Event event(EncodedFrame frame) {
        try {
            return WireDecoding.serverFrame(frame.payload()).getEvent();
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("the log gave a frame that is none", e);
        }
    }

    /// Bytes of an entry of a repeated field, its tag and length included.
    private static int bytesOf(MessageLite entry) {
        int length = entry.getSerializedSize();
        return 1 + CodedOutputStream.computeUInt32SizeNoTag(length) + length;
    }
}
