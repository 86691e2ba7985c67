package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import localchat.core.identity.DeviceKey;
import localchat.core.model.Id128;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.ReadMarker;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Private rooms, direct messages, settings and read markers, as PROTOCOL.md has them.
class PrivateRoomsTest {
    private static final DeviceKey ANAS_KEY = DeviceKey.generate();
    private static final DeviceKey BOS_KEY = DeviceKey.generate();
    private static final DeviceKey CYS_KEY = DeviceKey.generate();

    private static final String EPOCH = TextFormat.escapeBytes(new Id128(11, 12).bytes());
    private static final long GENERAL = 1;
    private static final long ANA = 1;
    private static final long BO = 2;
    private static final long CY = 3;

    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer ana = server.login("Ana", ANAS_KEY);
    private final TurnPeer bo = server.login("Bo", BOS_KEY);
    private final TurnPeer cy = server.login("Cy", CYS_KEY);
    private int ids;

    /// What came with the last entry of a room.
    private List<ServerFrame> entry = List.of();

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    @Test
    void aPrivateRoomIsThereForItsMembersAlone() {
        long den = create(ana, "den", true, BO);
        Room told =
                only(bo.hear().stream().filter(ServerFrame::hasRoomChanged))
                        .getRoomChanged()
                        .getRoom();
        assertEquals(den, told.getRoomId());
        assertEquals(RoomKind.ROOM_PRIVATE, told.getKind());
        assertEquals(ANA, told.getOwnerUserId());
        assertEquals(ResumeOutcome.CONTINUED, resume(bo, den, 0).getOutcome());
        assertTrue(cy.hear().stream().noneMatch(ServerFrame::hasRoomChanged));
        assertEquals(ErrorCode.NOT_FOUND, error(cy, resumeFrame(den, 0)));
        for (String request :
                List.of(
                        "fetch_history { room_id: %d }",
                        "fetch_events { room_id: %d }",
                        "list_people { room_id: %d }",
                        "mark_read { room_id: %d }",
                        "set_room { room_id: %d }")) {
            assertEquals(ErrorCode.NOT_IN_ROOM, error(cy, request.formatted(den)), request);
        }
        assertEquals(List.of(den), privateRooms(ana));
        assertEquals(List.of(), privateRooms(cy));
    }

    @Test
    void membersHearEachOtherLive() {
        long den = create(ana, "den", true, BO);
        resume(bo, den, 0);
        assertEquals("psst", text(post(ana, den, "message { text: 'psst' }"), "psst"));
        assertEquals("psst", events(bo.hear()).getFirst().getMessage().getText());
        assertTrue(cy.hear().stream().noneMatch(ServerFrame::hasEvent));
    }

    @Test
    void entersThePublicRoomByNameAndAPrivateOneByItsIdAlone() {
        long own = create(ana, "Den", true);
        long strangers = create(cy, "den", true, ANA);
        Room open = join(ana, "den").getRoom();
        assertEquals(RoomKind.ROOM_PUBLIC, open.getKind());
        assertFalse(List.of(own, strangers).contains(open.getRoomId()));
        assertEquals(open.getRoomId(), join(cy, "DEN").getRoom().getRoomId());
        assertEquals(own, resume(ana, own, 0).getRoom().getRoomId());
    }

    @Test
    void whoComesLaterReadsThePastWhereTheRoomSaysSo() {
        long den = create(ana, "den", true);
        post(ana, den, "message { text: 'before' }");
        add(ana, den, CY);
        resume(cy, den, 0);
        assertEquals("before", events(entry).getFirst().getMessage().getText());
        assertEquals(List.of("before"), texts(history(cy, den)));
        ReadMarker marker = marker(server.ask(cy, frame("mark_read { room_id: " + den + " }")));
        assertEquals(2, marker.getSeq());
        assertEquals(0, marker.getUnread());
    }

    @Test
    void whoComesLaterReadsNothingOfThePastWhereTheRoomSaysSo() {
        long den = create(ana, "den", false);
        post(ana, den, "message { text: 'secret' }");
        add(ana, den, CY);
        post(ana, den, "message { text: 'welcome' }");
        RoomEntered entered = resume(cy, den, 0);
        assertEquals(2, entered.getNextSeq());
        assertEquals(ResumeOutcome.CONTINUED_WITH_HOLE, entered.getOutcome());
        assertEquals(List.of(2L, 3L), events(entry).stream().map(Event::getSeq).toList());
        ServerFrame page = server.ask(cy, frame("fetch_history { room_id: " + den + " }"));
        assertEquals(List.of("welcome"), texts(page.getHistoryPage().getMessagesList()));
        assertFalse(page.getHistoryPage().getMoreBefore());
        ServerFrame raw =
                server.ask(cy, frame("fetch_events { room_id: " + den + " from_seq: 1 }"));
        assertEquals(2, raw.getEventPage().getEvents(0).getSeq());
    }

    @Test
    void whoIsRemovedIsToldAndHearsNothingMore() {
        long den = create(ana, "den", true, BO);
        resume(bo, den, 0);
        bo.hear();
        post(ana, den, membership(BO, "REMOVED"));
        ServerFrame left = only(bo.hear().stream().filter(ServerFrame::hasRoomLeft));
        assertEquals(den, left.getRoomLeft().getRoomId());
        assertEquals(ErrorCode.FORBIDDEN, left.getRoomLeft().getReason());
        post(ana, den, "message { text: 'gone?' }");
        assertTrue(bo.hear().stream().noneMatch(ServerFrame::hasEvent));
        assertEquals(ErrorCode.NOT_FOUND, error(bo, resumeFrame(den, 0)));
        assertEquals(ErrorCode.NOT_IN_ROOM, error(bo, postFrame(den, "message { text: 'x' }")));
    }

    @Test
    void whoLeavesForGoodIsAcknowledgedAndOutAndTheRoomHasAnotherOwner() {
        long den = create(ana, "den", true, BO);
        resume(bo, den, 0);
        bo.hear();
        ServerFrame answer = post(ana, den, membership(ANA, "LEFT"));
        assertTrue(answer.hasPostStored(), answer::toString);
        assertEquals(List.of(), privateRooms(ana));
        Room changed =
                only(bo.hear().stream().filter(ServerFrame::hasRoomChanged))
                        .getRoomChanged()
                        .getRoom();
        assertEquals(BO, changed.getOwnerUserId());
        assertTrue(post(bo, den, "rename { name: 'hut' }").hasEvent());
    }

    @Test
    void onlyTheOwnerRemovesAndRenamesAndSetsUp() {
        long den = create(ana, "den", true, BO);
        resume(bo, den, 0);
        assertEquals(ErrorCode.FORBIDDEN, error(bo, postFrame(den, membership(ANA, "REMOVED"))));
        assertEquals(ErrorCode.FORBIDDEN, error(bo, postFrame(den, "rename { name: 'hut' }")));
        assertEquals(
                ErrorCode.FORBIDDEN,
                error(bo, "set_room { room_id: " + den + " retention_days: 1 }"));
        assertTrue(post(bo, den, membership(CY, "ADDED")).hasEvent());
        assertEquals(ErrorCode.CONFLICT, error(bo, postFrame(den, membership(CY, "ADDED"))));
        assertEquals(ErrorCode.NOT_FOUND, error(bo, postFrame(den, membership(77, "ADDED"))));
    }

    @Test
    void settingsAreAnEventForEveryoneAndAnsweredWhenStored() {
        long den = create(ana, "den", true, BO);
        resume(bo, den, 0);
        bo.hear();
        ServerFrame done =
                server.ask(
                        ana,
                        frame(
                                "set_room { room_id: %d retention_days: 30 past_visible: true }"
                                        .formatted(den)));
        assertTrue(done.hasDone(), done::toString);
        List<ServerFrame> heard = bo.hear();
        Event event = only(heard.stream().filter(ServerFrame::hasEvent)).getEvent();
        assertEquals(30, event.getRetention().getDays());
        assertTrue(event.getRetention().getPastVisible());
        Room changed =
                only(heard.stream().filter(ServerFrame::hasRoomChanged)).getRoomChanged().getRoom();
        assertEquals(30, changed.getRetentionDays());
        assertEquals(
                ErrorCode.INVALID,
                error(ana, "set_room { room_id: %d retention_days: 36501 }".formatted(den)));
        assertTrue(
                server.ask(
                                ana,
                                frame(
                                        "set_room { room_id: %d retention_days: 36500 }"
                                                .formatted(den)))
                        .hasDone());
    }

    @Test
    void directMessagesAreOneRoomForTwoWhateverTheirOrder() {
        long room = openDirect(ana, BO).getRoom().getRoomId();
        assertEquals("Bo", openDirect(ana, BO).getRoom().getName());
        assertTrue(bo.hear().stream().noneMatch(ServerFrame::hasRoomChanged));
        post(ana, room, "message { text: 'hi' }");
        Room told =
                only(bo.hear().stream().filter(ServerFrame::hasRoomChanged))
                        .getRoomChanged()
                        .getRoom();
        assertEquals(room, told.getRoomId());
        assertEquals("Ana", told.getPeer().getName());
        assertEquals(RoomKind.ROOM_DIRECT, told.getKind());
        assertEquals(room, openDirect(bo, ANA).getRoom().getRoomId());
        assertEquals(ErrorCode.NOT_FOUND, error(cy, resumeFrame(room, 0)));
        assertEquals(ErrorCode.INVALID, error(ana, "open_direct { user_id: 1 }"));
        assertEquals(ErrorCode.NOT_FOUND, error(ana, "open_direct { user_id: 77 }"));
        assertEquals(ErrorCode.FORBIDDEN, error(ana, postFrame(room, membership(CY, "ADDED"))));
    }

    @Test
    void aLoginIsToldItsPrivateRoomsAndTheDirectMessagesInWhichSomethingWasSaid() {
        long den = create(ana, "den", true, BO);
        long direct = openDirect(bo, CY).getRoom().getRoomId();
        openDirect(bo, ANA);
        post(bo, direct, "message { text: 'hi' }");
        assertEquals(List.of(direct, den), rooms(welcome("Bo", BOS_KEY)));
        assertEquals(List.of(direct), rooms(welcome("Cy", CYS_KEY)));
    }

    @Test
    void listsPrivateRoomsBeforePublicOnesPageByPage() {
        long den = create(ana, "den", true);
        long hut = create(ana, "hut", true);
        join(ana, "attic");
        assertEquals(List.of(den, hut, 4L, GENERAL), allRooms(ana, 1));
        assertEquals(List.of(den, hut, 4L, GENERAL), allRooms(ana, 2));
        assertEquals(List.of(den, hut, 4L, GENERAL), allRooms(ana, 3));
        assertEquals(List.of(den, hut, 4L, GENERAL), allRooms(ana, 10));
    }

    /// As many rooms as fit a frame come on a page, however long their names and topics are.
    @Test
    void listsRoomsWithTheLongestNamesAndTopics() {
        for (TurnPeer peer : List.of(ana, bo)) {
            for (int i = 0; i < SessionConfig.ROOMS_PER_SESSION_MAX; i++) {
                String name = "%s%060d".formatted(peer.equals(ana) ? "a" : "b", i);
                server.clock.pass(Allowed.ROOM_NANOS);
                long room = join(peer, name).getRoom().getRoomId();
                post(peer, room, "topic { topic: '" + "t".repeat(256) + "' }");
            }
        }
        assertEquals(201, allRooms(cy, 0).size());
    }

    @Test
    void listsAllMembersOfAPrivateRoomThoseNotThereAsOffline() {
        long den = create(ana, "den", true, BO, CY);
        resume(bo, den, 0);
        List<String> people =
                server
                        .ask(ana, frame("list_people { room_id: " + den + " }"))
                        .getPeoplePage()
                        .getPeopleList()
                        .stream()
                        .map(person -> person.getName() + " " + person.getAvailability())
                        .toList();
        assertEquals(List.of("Ana ONLINE", "Bo ONLINE", "Cy OFFLINE"), people);
    }

    @Test
    void marksWhatWasReadAndCountsWhatIsLeft() {
        join(ana, "general");
        join(bo, "general");
        for (int i = 0; i < 3; i++) {
            post(
                    ana,
                    GENERAL,
                    "message { text: 'm' mention_user_ids: " + (i == 2 ? BO : CY) + " }");
        }
        post(bo, GENERAL, "message { text: 'mine' }");
        assertMarker(1, 2, 1, mark(bo, 1));
        assertMarker(2, 1, 1, mark(bo, 2));
        assertMarker(2, 1, 1, mark(bo, 1));
        assertMarker(4, 0, 0, mark(bo, 4));
        assertEquals(ErrorCode.INVALID, error(bo, "mark_read { room_id: 1 seq: 5 }"));
        bo.hear();
        TurnPeer again = server.login("Bo", BOS_KEY);
        long id = 5;
        again.say(frame("join_room { name: 'general' }").setRequestId(id));
        server.settle();
        ServerFrame told = only(again.hear().stream().filter(ServerFrame::hasReadMarker));
        assertEquals(0, told.getRequestId());
        assertMarker(4, 0, 0, told.getReadMarker());
    }

    @Test
    void aRenamedPublicRoomIsFoundByItsNewNameAndItsOldOneIsFree() {
        long attic = join(ana, "attic").getRoom().getRoomId();
        join(bo, "cellar");
        assertEquals(
                ErrorCode.ROOM_NAME_TAKEN,
                error(ana, postFrame(attic, "rename { name: 'Cellar' }")));
        assertTrue(post(ana, attic, "rename { name: 'loft' }").hasEvent());
        assertEquals(attic, join(cy, "loft").getRoom().getRoomId());
        assertTrue(join(cy, "attic").getRoom().getRoomId() != attic);
        join(cy, "general");
        assertEquals(ErrorCode.FORBIDDEN, error(cy, postFrame(GENERAL, "rename { name: 'x' }")));
    }

    @Test
    void editsReactionsAndDeletionsAreFoldedIntoHistory() {
        join(ana, "general");
        join(bo, "general");
        post(ana, GENERAL, "message { text: 'one' }");
        post(ana, GENERAL, "message { text: 'two' }");
        post(ana, GENERAL, "edit { target_seq: 1 text: 'uno' }");
        post(bo, GENERAL, "reaction { target_seq: 1 emoji: '+1' }");
        post(bo, GENERAL, "pin { target_seq: 1 }");
        assertEquals(
                ErrorCode.FORBIDDEN,
                error(bo, postFrame(GENERAL, "edit { target_seq: 1 text: 'x' }")));
        assertEquals(
                ErrorCode.NOT_FOUND, error(bo, postFrame(GENERAL, "delete { target_seq: 3 }")));
        post(ana, GENERAL, "delete { target_seq: 2 }");
        List<HistoryMessage> page = history(bo, GENERAL);
        assertEquals("uno", page.get(0).getMessage().getText());
        assertEquals(1, page.get(0).getReactions(0).getCount());
        assertTrue(page.get(0).getPinned() && page.get(0).getEditedMs() > 0);
        assertTrue(page.get(1).hasTombstone());
        assertEquals(ANA, page.get(1).getTombstone().getByUserId());
        assertEquals(
                ErrorCode.NOT_FOUND,
                error(ana, postFrame(GENERAL, "edit { target_seq: 2 text: 'x' }")));
    }

    // The conversation
    // -------------------------------------------------------------------------------------

    private static ClientFrame.Builder frame(String text) {
        return Samples.frame(text);
    }

    private long create(TurnPeer peer, String name, boolean pastVisible, Long... members) {
        ServerFrame answer =
                server.ask(
                        peer,
                        frame(
                                "create_room { name: '%s' kind: ROOM_PRIVATE past_visible: %s member_user_ids: %s }"
                                        .formatted(name, pastVisible, List.of(members))));
        assertTrue(answer.hasRoomEntered(), answer::toString);
        return answer.getRoomEntered().getRoom().getRoomId();
    }

    private RoomEntered openDirect(TurnPeer peer, long userId) {
        return server.ask(peer, frame("open_direct { user_id: " + userId + " }")).getRoomEntered();
    }

    private RoomEntered join(TurnPeer peer, String name) {
        return server.ask(peer, frame("join_room { name: '" + name + "' }")).getRoomEntered();
    }

    private static String resumeFrame(long room, long after) {
        return "resume { room_id: %d epoch: '%s' after_seq: %d }".formatted(room, EPOCH, after);
    }

    private RoomEntered resume(TurnPeer peer, long room, long after) {
        long id = 900L + ids++;
        peer.hear();
        peer.say(frame(resumeFrame(room, after)).setRequestId(id));
        server.settle();
        entry = peer.hear();
        return only(entry.stream().filter(f -> f.getRequestId() == id)).getRoomEntered();
    }

    private String postFrame(long room, String body) {
        String id = HexFormat.of().toHexDigits(ids++) + "aaaaaaaa";
        return "post { room_id: %d client_msg_id: '%s' flight: 1 %s }".formatted(room, id, body);
    }

    private static String membership(long userId, String change) {
        return "membership { user_id: %d change: %s }".formatted(userId, change);
    }

    private void add(TurnPeer peer, long room, long userId) {
        assertTrue(post(peer, room, membership(userId, "ADDED")).hasEvent());
    }

    /// The event of a post, or what else answers it.
    private ServerFrame post(TurnPeer peer, long room, String body) {
        ClientFrame.Builder frame = frame(postFrame(room, body)).setRequestId(800L + ids++);
        ByteString id = frame.getPost().getClientMsgId();
        peer.say(frame);
        server.settle();
        return only(
                peer.hear().stream()
                        .filter(answer ->
                                answer.getRequestId() == frame.getRequestId()
                                        || answer.getEvent().getClientMsgId().equals(id)));
    }

    private static String text(ServerFrame answer, String otherwise) {
        return answer.hasEvent() ? answer.getEvent().getMessage().getText() : otherwise + "?";
    }

    private static List<Event> events(List<ServerFrame> heard) {
        return heard.stream().filter(ServerFrame::hasEvent).map(ServerFrame::getEvent).toList();
    }

    private ErrorCode error(TurnPeer peer, String request) {
        ServerFrame answer = server.ask(peer, frame(request));
        assertTrue(answer.hasError(), answer::toString);
        return answer.getError().getCode();
    }

    private List<HistoryMessage> history(TurnPeer peer, long room) {
        return server.ask(peer, frame("fetch_history { room_id: " + room + " }"))
                .getHistoryPage()
                .getMessagesList();
    }

    private static List<String> texts(List<HistoryMessage> messages) {
        return messages.stream().map(message -> message.getMessage().getText()).toList();
    }

    private ReadMarker mark(TurnPeer peer, long seq) {
        return marker(server.ask(peer, frame("mark_read { room_id: 1 seq: " + seq + " }")));
    }

    private static ReadMarker marker(ServerFrame answer) {
        assertTrue(answer.hasReadMarker(), answer::toString);
        return answer.getReadMarker();
    }

    private static void assertMarker(long seq, int unread, int mentions, ReadMarker marker) {
        assertEquals(
                List.of(seq, (long) unread, (long) mentions),
                List.of(marker.getSeq(), (long) marker.getUnread(), (long) marker.getMentions()));
    }

    private List<Long> privateRooms(TurnPeer peer) {
        return server.ask(peer, frame("list_rooms {}")).getRoomPage().getRoomsList().stream()
                .filter(room -> room.getKind() != RoomKind.ROOM_PUBLIC)
                .map(Room::getRoomId)
                .toList();
    }

    private List<Long> allRooms(TurnPeer peer, int limit) {
        List<Long> found = new ArrayList<>();
        String token = "";
        do {
            var page =
                    server.ask(
                                    peer,
                                    frame(
                                            "list_rooms { page_token: '%s' limit: %d }"
                                                    .formatted(token, limit)))
                            .getRoomPage();
            page.getRoomsList().forEach(room -> found.add(room.getRoomId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return found;
    }

    private Welcome welcome(String name, DeviceKey key) {
        TurnPeer peer = server.connect();
        var challenge = server.hello(peer);
        return server.ask(
                        peer,
                        ClientFrame.newBuilder().setLogin(Samples.login(challenge, name, key)))
                .getWelcome();
    }

    private static List<Long> rooms(Welcome welcome) {
        return welcome.getRoomsList().stream().map(Room::getRoomId).toList();
    }

    private static <T> T only(Stream<T> found) {
        List<T> all = found.toList();
        assertEquals(1, all.size(), all::toString);
        return all.getFirst();
    }
}
