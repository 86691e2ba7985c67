package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import localchat.core.client.SessionEvent;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.PresenceKind;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;

/// Several rooms at the terminal: which is in front, what is unread, and the commands about them.
class DialogueRoomsTest {
    private static final long SECOND = 1_000_000_000;
    private static final RoomInfo OPS = FakeSession.room(8, "ops", RoomKind.PRIVATE);
    private static final RoomInfo WITH_BOB = FakeSession.room(9, "bob", RoomKind.DIRECT);

    private final DialogueRun run = DialogueRun.entered();
    private final FakeSession session = run.session();

    private void say(long roomId, String text) {
        session.happens(roomId, FakeSession.BOB, FakeSession.said(text));
    }

    private static EventBody.Message toAna(String text) {
        return new EventBody.Message(new MessageText(text), 0, false, List.of(1L));
    }

    @Test
    void switchesToARoomThatWasAskedForAndBack() {
        run.type("/join #oficina");
        assertEquals("join oficina", session.calls.remove());
        session.enterRoom(8, "oficina", false, false);
        assertEquals(List.of("      You are in #oficina (2 here)."), run.shown());
        assertEquals("#oficina> ", run.prompt());
        assertEquals(List.of("      Now in #general."), run.type("/join GENERAL"));
        assertEquals("#general> ", run.prompt());
        session.hear("ho");
        assertEquals(List.of(DialogueRun.DAY, "10:15 #1 bob: ho"), run.shown());
    }

    @Test
    void keepsARoomBehindThatTheServerEntered() {
        session.enterRoom(OPS, false, false);
        assertEquals(List.of(), run.shown());
        assertEquals("#general> ", run.prompt());
    }

    @Test
    void countsMessagesOfOtherRoomsInThePromptAndShowsThoseToThisPerson() {
        session.enterRoom(OPS, false, false);
        say(8, "one");
        session.happens(8, FakeSession.ANA, FakeSession.said("own"));
        assertEquals(List.of(), run.shown());
        assertEquals("#general #ops (1)> ", run.prompt());
        session.happens(8, FakeSession.BOB, toAna("come"));
        assertEquals(List.of(DialogueRun.DAY, "10:15 #ops #3 bob: come"), run.shown());
        assertEquals("#general #ops (2 @1)> ", run.prompt());
        session.happens(8, FakeSession.BOB, new EventBody.Topic(new RoomTopic("tea")));
        session.presence(FakeSession.BOB, PresenceKind.WENT, 1);
        assertEquals(List.of("      bob went (1 here)"), run.shown());
    }

    @Test
    void showsDirectMessagesAtOnce() {
        session.enterRoom(WITH_BOB, false, false);
        say(9, "psst");
        assertEquals(List.of(DialogueRun.DAY, "10:15 @bob #1 bob: psst"), run.shown());
        assertEquals("#general @bob (1)> ", run.prompt());
    }

    @Test
    void countsRoomsThatHaveNoPlaceInThePrompt() {
        run.withColumns(40);
        for (long id = 20; id < 25; id++) {
            session.enterRoom(FakeSession.room(id, "room" + id, RoomKind.PRIVATE), false, false);
            say(id, "x");
        }
        run.shown();
        assertEquals("#general +5> ", run.prompt());
        run.withColumns(80);
        run.type("/who");
        assertEquals("#general #room20 (1) #room21 (1) +3> ", run.prompt());
    }

    @Test
    void showsUnreadMessagesUnderALineWhenTheirRoomComesToTheFront() {
        session.hear("read");
        session.enterRoom(OPS, false, false);
        run.shown();
        assertEquals(List.of("7 1"), run.marksAfter(SECOND));
        run.type("/join ops");
        run.marksAfter(SECOND);
        session.hear("unread");
        session.hear("unread too");
        run.shown();
        assertEquals("#ops #general (2)> ", run.prompt());
        assertEquals(
                List.of(
                        "      Now in #general.",
                        "── new ──",
                        "10:15 #2 bob: unread",
                        "10:15 #3 bob: unread too"),
                run.type("/join general"));
        assertEquals("#general> ", run.prompt());
        assertEquals(List.of("7 3"), run.marksAfter(SECOND));
    }

    @Test
    void tellsTheServerNothingIsReadInARoomBehind() {
        session.enterRoom(OPS, false, false);
        say(8, "x");
        run.shown();
        assertEquals(List.of(), run.marksAfter(SECOND));
    }

    @Test
    void takesWhatAnotherDeviceReadForRead() {
        session.enterRoom(OPS, false, false);
        say(8, "x");
        session.tell(new SessionEvent.ReadMarkerMoved(8, 1, 0, 0));
        run.shown();
        assertEquals("#general> ", run.prompt());
        session.tell(new SessionEvent.ReadMarkerMoved(8, 1, 5, 2));
        run.shown();
        assertEquals("#general #ops (5 @2)> ", run.prompt());
        session.tell(new SessionEvent.ReadMarkerMoved(8, 1, 999, 0));
        run.shown();
        assertEquals("#general #ops (999)> ", run.prompt());
        session.tell(new SessionEvent.ReadMarkerMoved(8, 1, 1_000, 0));
        run.shown();
        assertEquals("#general #ops (999+)> ", run.prompt());
    }

    @Test
    void countsWhatTheServerCountedAlreadyOnce() {
        session.enterFrom(1, FakeSession.room(8, "ops", RoomKind.PRIVATE, 3));
        session.tell(new SessionEvent.ReadMarkerMoved(8, 1, 2, 0));
        for (int i = 0; i < 4; i++) {
            say(8, "x");
        }
        assertEquals(List.of(), run.shown());
        assertEquals("#general #ops (3)> ", run.prompt());
    }

    @Test
    void showsNoOldDirectMessagesAsIfTheyWereNew() {
        session.enterFrom(1, FakeSession.room(9, "bob", RoomKind.DIRECT, 1));
        say(9, "old");
        assertEquals(List.of(), run.shown());
        say(9, "new");
        assertEquals(List.of(DialogueRun.DAY, "10:15 @bob #2 bob: new"), run.shown());
    }

    @Test
    void tellsOfARoomThatSomebodyMadeWithThisPerson() {
        run.marksAfter(5 * SECOND);
        session.enterFrom(1, FakeSession.room(9, "bob", RoomKind.DIRECT, 1));
        say(9, "old");
        assertEquals(List.of(), run.shown());
        run.marksAfter(1);
        session.enterFrom(1, FakeSession.room(10, "eve", RoomKind.DIRECT, 2));
        say(10, "psst");
        session.enterFrom(1, FakeSession.room(8, "ops", RoomKind.PRIVATE, 2));
        assertEquals(
                List.of(
                        DialogueRun.DAY,
                        "10:15 @eve #2 bob: psst",
                        "      You were brought into #ops. /join #ops shows it."),
                run.shown());
    }

    @Test
    void listsWhatIsUnread() {
        assertEquals(List.of("      Nothing is unread elsewhere."), run.type("/unread"));
        session.enterRoom(OPS, false, false);
        say(8, "x");
        run.shown();
        assertEquals(List.of("      Unread:", "      #ops  (1)"), run.type("/unread"));
    }

    @Test
    void opensDirectMessagesAndSaysSomethingAtOnce() {
        run.type("/dm @Bob are you there?");
        assertEquals("direct 2", session.calls.remove());
        session.enterRoom(WITH_BOB, false, false);
        session.opened.complete(WITH_BOB);
        assertEquals(List.of("      You are in @bob (2 here)."), run.shown());
        assertEquals("@bob> ", run.prompt());
        assertEquals("are you there?", session.posts.remove().text());
        run.type("/join general");
        assertEquals(List.of("      Now in @bob."), run.type("/dm bob"));
        assertTrue(session.calls.isEmpty());
    }

    @Test
    void opensTheDirectMessagesOfThePersonWhoIsNamedAndOfNobodyElse() {
        session.enterRoom(WITH_BOB, false, false);
        session.hear(FakeSession.person(5, "#bob"), "hi", false);
        run.shown();
        run.type("/dm #bob for you alone");
        assertEquals("direct 5", session.calls.remove());
        assertTrue(session.posts.isEmpty());
    }

    @Test
    void opensDirectMessagesWithSomebodyWhoseNameIsNoneForARoom() {
        for (String name : List.of("/x", "##x")) {
            session.hear(FakeSession.person(5, name), "hi", false);
            run.shown();
            run.type("/dm @" + name + " hello");
            assertEquals("direct 5", session.calls.remove());
            run.type("/leave @" + name);
        }
    }

    @Test
    void showsAPersonsNameInFullWhereARoomsNameHasLess() {
        RoomInfo direct =
                new RoomInfo(
                        9,
                        new RoomName("room 9"),
                        RoomKind.DIRECT,
                        "",
                        0,
                        2,
                        RoomSettings.STANDARD,
                        Optional.of(FakeSession.person(5, "#bob")),
                        0);
        session.enterRoom(direct, false, false);
        session.enterRoom(OPS, false, false);
        session.happens(9, FakeSession.person(5, "#bob"), FakeSession.said("psst"));
        run.shown();
        assertEquals("#general @#bob (1)> ", run.prompt());
        run.type("/leave @#BOB");
        assertEquals("leave 9", session.calls.remove());
    }

    @Test
    void takesThePublicRoomForTheOneThatIsNamed() {
        session.enterRoom(FakeSession.room(9, "ops", RoomKind.PRIVATE), false, false);
        session.enterRoom(FakeSession.room(8, "ops", RoomKind.PUBLIC), false, false);
        run.type("/join ops");
        run.type("/topic tea");
        assertEquals(8, session.posts.remove().roomId());
    }

    @Test
    void bringsNoPrivateRoomToTheFrontThatSomebodyMadeUnderTheNameAskedFor() {
        run.type("/join ops");
        session.enterRoom(OPS, false, false);
        run.shown();
        assertEquals("#general> ", run.prompt());
        session.enterRoom(FakeSession.room(9, "ops", RoomKind.PUBLIC), false, false);
        run.shown();
        assertEquals("#ops> ", run.prompt());
        run.type("/topic tea");
        assertEquals(9, session.posts.remove().roomId());
    }

    @Test
    void bringsAPrivateRoomBackThatWasLeft() {
        session.enterRoom(OPS, false, false);
        run.type("/join ops");
        run.type("/leave");
        session.tell(new SessionEvent.RoomLeft(8));
        run.shown();
        session.calls.clear();
        run.type("/join ops");
        assertEquals("join ops", session.calls.remove());
        session.enterRoom(OPS, true, false);
        run.shown();
        assertEquals("#ops> ", run.prompt());
    }

    @Test
    void saysWhenNobodyOfThatNameIsKnown() {
        String unknown = "      Nobody of that name is known here: %s. /who lists the people.";
        assertEquals(List.of(unknown.formatted("eve")), run.type("/dm eve"));
        assertEquals(List.of(unknown.formatted("@eve")), run.type("/private x @bob @eve"));
        assertTrue(session.calls.isEmpty());
    }

    @Test
    void makesAPrivateRoomWithThePeopleNamed() {
        run.type("/private our room @bob @ana");
        assertEquals("private our room true [2, 1]", session.calls.remove());
        run.type("/private ops bob");
        assertEquals("private ops true [2]", session.calls.remove());
        run.type("/private alone");
        assertEquals("private alone true []", session.calls.remove());
        session.enterRoom(OPS, false, false);
        session.opened.complete(OPS);
        run.shown();
        assertEquals("#ops> ", run.prompt());
    }

    @Test
    void bringsPeopleIntoAPrivateRoomAndTakesThemOut() {
        assertEquals(
                List.of("      #general is not a private room. /private ROOM makes one."),
                run.type("/invite bob"));
        session.enterRoom(OPS, false, false);
        run.type("/join ops");
        run.type("/invite bob");
        run.type("/remove bob");
        run.type("/remove ana");
        assertEquals(
                List.of(
                        new EventBody.Membership(2, new UserName("bob"), MembershipChange.ADDED),
                        new EventBody.Membership(2, new UserName("bob"), MembershipChange.REMOVED),
                        new EventBody.Membership(1, new UserName("ana"), MembershipChange.LEFT)),
                session.posts.stream().map(FakeSession.Posted::body).toList());
    }

    @Test
    void setsAndTellsTheTopicAndRenames() {
        assertEquals(
                List.of("      This room has no topic. /topic TEXT sets one."), run.type("/topic"));
        run.type("/topic tea at five");
        run.type("/topic -");
        run.type("/rename tea room");
        assertEquals(
                List.of(
                        new EventBody.Topic(new RoomTopic("tea at five")),
                        new EventBody.Topic(RoomTopic.NONE),
                        new EventBody.Rename(new RoomName("tea room"))),
                session.posts.stream().map(FakeSession.Posted::body).toList());
    }

    @Test
    void staysAMemberOfAPrivateRoomThatIsLeft() {
        session.enterRoom(OPS, false, false);
        run.type("/join ops");
        assertEquals(
                List.of("      You are still a member; /remove ana in the room ends that."),
                run.type("/leave"));
        assertEquals("leave 8", session.calls.remove());
    }

    @Test
    void marksPrivateRoomsAndWhatIsUnreadInTheList() {
        session.enterRoom(8, "oficina", false, false);
        say(8, "x");
        run.shown();
        assertEquals("      #oficina  0, joined  (1)  \\x1b[2Jtools", run.type("/rooms").getLast());
    }
}
