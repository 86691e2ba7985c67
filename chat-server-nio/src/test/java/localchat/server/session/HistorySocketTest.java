package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.FetchEvents;
import localchat.core.protocol.wire.FetchHistory;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.Welcome;
import localchat.server.ChatServer;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistorySocketTest {
    private ChatServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServers.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void resumesWithNothingMissingAndNothingTwice() throws IOException {
        DeviceKey key = DeviceKey.generate();
        try (TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer before = TestPeer.connect(server, key)) {
            ByteString epoch = before.login("Bo").getEpoch();
            long room = ana.join("general").getRoom().getRoomId();
            before.join("general");
            for (int i = 1; i <= 5; i++) {
                ana.say(room, "m" + i);
            }
            for (int i = 1; i <= 3; i++) {
                assertEquals(i, before.awaitEvent().getEvent().getSeq());
            }
            before.socket().close();
            try (TestPeer after = TestPeer.login(server, "Bo", key)) {
                RoomEntered entered = after.resume(room, epoch, 3);
                assertEquals(ResumeOutcome.CONTINUED, entered.getOutcome());
                assertEquals(4, entered.getNextSeq());
                ana.say(room, "m6");
                for (int i = 4; i <= 6; i++) {
                    Event event = after.awaitEvent().getEvent();
                    assertEquals(i, event.getSeq());
                    assertEquals("m" + i, event.getMessage().getText());
                }
                assertTrue(after.isQuietFor(50));
            }
        }
    }

    @Test
    void resumeOfAnotherEpochDropsTheCache() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            ana.say(room, "x");
            ana.awaitEvent();
            RoomEntered entered = ana.resume(room, ByteString.copyFrom(new byte[16]), 1);
            assertEquals(ResumeOutcome.CACHE_INVALID, entered.getOutcome());
            assertEquals(2, entered.getNextSeq());
        }
    }

    @Test
    void resumeAheadOfTheServerDropsTheCache() throws IOException {
        try (TestPeer ana = TestPeer.connect(server)) {
            Welcome welcome = ana.login("Ana");
            long room = ana.join("general").getRoom().getRoomId();
            RoomEntered entered = ana.resume(room, welcome.getEpoch(), 1);
            assertEquals(ResumeOutcome.CACHE_INVALID, entered.getOutcome());
        }
    }

    @Test
    void resumeSendsUpTo2000AndLeavesAHoleBeyond() throws IOException {
        try (ChatServer unlimited = TestServers.start(0, 1);
                TestPeer ana = TestPeer.connect(unlimited)) {
            ByteString epoch = ana.login("Ana").getEpoch();
            long room = ana.join("general").getRoom().getRoomId();
            for (int i = 1; i <= 2_001; i++) {
                ana.say(room, "m" + i);
            }
            ana.await(frame -> frame.getEvent().getSeq() == 2_001);
            RoomEntered whole = ana.resume(room, epoch, 1);
            assertEquals(ResumeOutcome.CONTINUED, whole.getOutcome());
            for (int i = 2; i <= 2_001; i++) {
                assertEquals(i, ana.awaitEvent().getEvent().getSeq());
            }
            RoomEntered hole = ana.resume(room, epoch, 0);
            assertEquals(ResumeOutcome.CONTINUED_WITH_HOLE, hole.getOutcome());
            assertEquals(1_902, hole.getNextSeq());
            assertEquals(1_902, ana.awaitEvent().getEvent().getSeq());
        }
    }

    @Test
    void givesHistoryByPages() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            for (int i = 1; i <= 250; i++) {
                ana.say(room, "m" + i);
            }
            ana.await(frame -> frame.getEvent().getSeq() == 250);
            HistoryPage newest = history(ana, FetchHistory.newBuilder().setRoomId(room));
            assertEquals(100, newest.getMessagesCount());
            assertEquals(151, newest.getMessages(0).getSeq());
            assertEquals(250, newest.getTrueAsOfSeq());
            assertTrue(newest.getMoreBefore());
            assertFalse(newest.getMoreAfter());
            HistoryPage older =
                    history(
                            ana,
                            FetchHistory.newBuilder()
                                    .setRoomId(room)
                                    .setBeforeSeq(11)
                                    .setLimit(20));
            assertEquals(10, older.getMessagesCount());
            assertEquals("m1", older.getMessages(0).getMessage().getText());
            assertFalse(older.getMoreBefore());
            assertTrue(older.getMoreAfter());
        }
    }

    @Test
    void historyPageOfLongMessagesFitsItsFrame() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            for (int i = 1; i <= 40; i++) {
                ana.say(room, "x".repeat(4_096));
            }
            ana.await(frame -> frame.getEvent().getSeq() == 40);
            HistoryPage newest = history(ana, FetchHistory.newBuilder().setRoomId(room));
            assertTrue(newest.getMessagesCount() >= 15, () -> "got " + newest.getMessagesCount());
            assertEquals(40, newest.getMessages(newest.getMessagesCount() - 1).getSeq());
            assertTrue(newest.getMoreBefore());
        }
    }

    @Test
    void givesPlainEventsToFillAHole() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            for (int i = 1; i <= 9; i++) {
                ana.say(room, "m" + i);
            }
            ana.await(frame -> frame.getEvent().getSeq() == 9);
            FetchEvents.Builder fetch =
                    FetchEvents.newBuilder().setRoomId(room).setFromSeq(3).setToSeq(5);
            EventPage page =
                    ana.request(ClientFrame.newBuilder().setFetchEvents(fetch)).getEventPage();
            assertEquals(
                    List.of(3L, 4L, 5L), page.getEventsList().stream().map(Event::getSeq).toList());
            assertFalse(page.getMore());
        }
    }

    private static HistoryPage history(TestPeer peer, FetchHistory.Builder fetch)
            throws IOException {
        return peer.request(ClientFrame.newBuilder().setFetchHistory(fetch)).getHistoryPage();
    }
}
