package localchat.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import localchat.core.client.PendingRequests.Refused;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.model.Person;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.CreateRoom;
import localchat.core.protocol.wire.FetchHistory;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.ListPeople;
import localchat.core.protocol.wire.ListRooms;
import localchat.core.protocol.wire.OpenDirect;
import localchat.core.protocol.wire.PeoplePage;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.RoomPage;
import localchat.core.protocol.wire.ServerFrame.KindCase;
import localchat.core.protocol.wire.SetRoom;

/// What a front end asks the server and waits for, page after page. Belongs to the session thread.
final class Queries {
    /// Rooms in one answer to the front end; further ones are left out. Reason: no list shown to a
    /// person is longer, and a server that never ends its pages must not fill the memory.
    static final int ROOMS_MAX = 10_000;

    private final PendingRequests requests;
    private final Rooms rooms;
    private final RoomCache cache;

    Queries(PendingRequests requests, Rooms rooms, RoomCache cache) {
        this.requests = requests;
        this.rooms = rooms;
        this.cache = cache;
    }

    /// All rooms that can be seen.
    void listRooms(CompletableFuture<List<RoomInfo>> answer) {
        listRoomsFrom("", new ArrayList<>(), answer);
    }

    private void listRoomsFrom(
            String pageToken, List<RoomInfo> found, CompletableFuture<List<RoomInfo>> answer) {
        ListRooms list = ListRooms.newBuilder().setPageToken(pageToken).build();
        requests.ask(
                ClientFrame.newBuilder().setListRooms(list),
                KindCase.ROOM_PAGE,
                frame -> onRoomPage(frame.getRoomPage(), found, answer),
                refuse(answer));
    }

    private void onRoomPage(
            RoomPage page, List<RoomInfo> found, CompletableFuture<List<RoomInfo>> answer)
            throws MalformedFrameException {
        for (var room : page.getRoomsList()) {
            found.add(rooms.localised(room));
        }
        boolean isLast = page.getNextPageToken().isEmpty() || page.getRoomsCount() == 0;
        if (isLast || found.size() >= ROOMS_MAX) {
            answer.complete(List.copyOf(found));
        } else {
            listRoomsFrom(page.getNextPageToken(), found, answer);
        }
    }

    /// The first `limit` people in a room, or with 0 on the server.
    void listPeople(long roomId, int limit, CompletableFuture<PeopleList> answer) {
        listPeopleFrom("", new PeopleSearch(roomId, limit, new ArrayList<>(), answer));
    }

    private record PeopleSearch(
            long roomId, int limit, List<Person> found, CompletableFuture<PeopleList> answer) {}

    private void listPeopleFrom(String pageToken, PeopleSearch search) {
        Optional<Long> wireId =
                search.roomId == 0 ? Optional.of(0L) : knownWireId(search.roomId, search.answer);
        if (wireId.isEmpty()) {
            return;
        }
        ListPeople list =
                ListPeople.newBuilder()
                        .setRoomId(wireId.get())
                        .setPageToken(pageToken)
                        .setLimit(search.limit - search.found.size())
                        .build();
        requests.ask(
                ClientFrame.newBuilder().setListPeople(list),
                KindCase.PEOPLE_PAGE,
                frame -> onPeoplePage(frame.getPeoplePage(), search),
                refuse(search.answer));
    }

    private void onPeoplePage(PeoplePage page, PeopleSearch search) throws MalformedFrameException {
        for (var person : page.getPeopleList()) {
            if (search.found.size() < search.limit) {
                search.found.add(WireDecoding.person(person));
            }
        }
        boolean isLast = page.getNextPageToken().isEmpty() || page.getPeopleCount() == 0;
        if (isLast || search.found.size() >= search.limit) {
            int total = WireDecoding.people(page.getTotal());
            search.answer.complete(new PeopleList(search.roomId, search.found, total));
        } else {
            listPeopleFrom(page.getNextPageToken(), search);
        }
    }

    /// One page of a room's history: from the cache when it has all of it, else from the server,
    /// else what the cache has.
    void history(
            long roomId,
            HistoryAnchor anchor,
            int limit,
            CompletableFuture<HistoryMessages> answer) {
        Optional<EnteredRoom> room = rooms.find(roomId);
        Optional<HistoryMessages> here =
                room.flatMap(entered -> cache.complete(entered, anchor, limit));
        if (here.isPresent()) {
            answer.complete(here.get());
            return;
        }
        Optional<Long> wireId = knownWireId(roomId, answer);
        if (wireId.isEmpty()) {
            return;
        }
        FetchHistory.Builder fetch =
                FetchHistory.newBuilder().setRoomId(wireId.get()).setLimit(limit);
        switch (anchor) {
            case HistoryAnchor.Newest() -> fetch.setBeforeSeq(0);
            case HistoryAnchor.Before(long seq) -> fetch.setBeforeSeq(seq);
            case HistoryAnchor.After(long seq) -> fetch.setAfterSeq(seq);
            case HistoryAnchor.Around(long seq) -> fetch.setAroundSeq(seq);
            case HistoryAnchor.FromTime(long epochMillis) -> fetch.setFromTimeMs(epochMillis);
        }
        requests.ask(
                ClientFrame.newBuilder().setFetchHistory(fetch),
                KindCase.HISTORY_PAGE,
                frame -> {
                    HistoryMessages page = messages(roomId, frame.getHistoryPage());
                    room.ifPresent(entered -> cache.onPage(entered, anchor, page));
                    answer.complete(page);
                },
                refused ->
                        known(roomId, anchor, limit, refused)
                                .ifPresentOrElse(
                                        answer::complete, () -> refuse(answer).accept(refused)));
    }

    /// What is kept here, when the server could not be asked.
    private Optional<HistoryMessages> known(
            long roomId, HistoryAnchor anchor, int limit, Refused refused) {
        return refused.lost() ? cache.known(roomId, anchor, limit) : Optional.empty();
    }

    private static HistoryMessages messages(long roomId, HistoryPage page)
            throws MalformedFrameException {
        List<ChatMessage> messages = new ArrayList<>();
        for (HistoryMessage message : page.getMessagesList()) {
            messages.add(WireDecoding.historyMessage(roomId, message));
        }
        return new HistoryMessages(
                roomId,
                messages,
                WireDecoding.count("history_page.true_as_of_seq", page.getTrueAsOfSeq()),
                page.getMoreBefore(),
                page.getMoreAfter());
    }

    /// Opens the direct messages with somebody.
    void openDirect(long userId, CompletableFuture<RoomInfo> answer) {
        OpenDirect open = OpenDirect.newBuilder().setUserId(userId).build();
        askToEnter(ClientFrame.newBuilder().setOpenDirect(open), answer);
    }

    /// Makes a private room with these members and the user.
    void createPrivate(
            RoomName name,
            boolean pastVisible,
            List<Long> userIds,
            CompletableFuture<RoomInfo> answer) {
        CreateRoom create =
                CreateRoom.newBuilder()
                        .setName(name.value())
                        .setKind(RoomKind.ROOM_PRIVATE)
                        .setPastVisible(pastVisible)
                        .addAllMemberUserIds(userIds)
                        .build();
        askToEnter(ClientFrame.newBuilder().setCreateRoom(create), answer);
    }

    private void askToEnter(ClientFrame.Builder request, CompletableFuture<RoomInfo> answer) {
        requests.ask(
                request,
                KindCase.ROOM_ENTERED,
                frame -> {
                    rooms.onEntered(frame.getRoomEntered());
                    answer.complete(rooms.localised(frame.getRoomEntered().getRoom()));
                },
                refuse(answer));
    }

    /// Gives a room other settings.
    void setRoom(long roomId, RoomSettings settings, CompletableFuture<Boolean> answer) {
        Optional<Long> wireId = knownWireId(roomId, answer);
        if (wireId.isEmpty()) {
            return;
        }
        SetRoom set =
                SetRoom.newBuilder()
                        .setRoomId(wireId.get())
                        .setRetentionDays(settings.retentionDays())
                        .setRetentionMessages(settings.retentionMessages())
                        .setPastVisible(settings.pastVisible())
                        .build();
        requests.ask(
                ClientFrame.newBuilder().setSetRoom(set),
                KindCase.DONE,
                frame -> answer.complete(true),
                refuse(answer));
    }

    private Optional<Long> knownWireId(long roomId, CompletableFuture<?> answer) {
        Optional<Long> wireId = rooms.wireIdOf(roomId);
        if (wireId.isEmpty()) {
            answer.completeExceptionally(
                    new RequestException(ErrorCode.NOT_FOUND, "this room is not known"));
        }
        return wireId;
    }

    private static Consumer<Refused> refuse(CompletableFuture<?> answer) {
        return refused -> answer.completeExceptionally(RequestException.of(refused));
    }
}
