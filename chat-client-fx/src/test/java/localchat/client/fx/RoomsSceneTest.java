package localchat.client.fx;

import static localchat.client.fx.FakeSession.SELF;
import static localchat.client.fx.FakeSession.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import localchat.client.fx.chat.RoomModel;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Private rooms, direct messages, badges and the room's menu under real keys and clicks.
@ExtendWith(FxExtension.class)
@ResourceLock("window")
final class RoomsSceneTest {
    private static final Settings FILLED =
            new Settings("Marina Costa", "localhost", "7667", Language.ENGLISH, Theme.LIGHT);
    private static final Person ANA = FakeSession.person(2, "Ana");
    private static final Person BO = FakeSession.person(3, "Bo");

    private FakeSession session = new FakeSession(event -> {});
    private Window window;

    @BeforeEach
    void logIn() {
        window =
                new Window(
                        (server, name, listener) -> {
                            session = new FakeSession(listener);
                            return session;
                        },
                        FILLED);
        window.press(KeyCode.ENTER);
        FxExtension.await("started", () -> session.started);
        session.people.put(1L, List.of(ANA, BO, SELF));
        session.people.put(11L, List.of(ANA, SELF));
        session.tellConnected();
        session.tellEntered(room(1, "general", 3), 1);
        FxExtension.await("the people", () -> list("people").getItems().size() == 3);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void writesToAPersonByAClick() {
        window.clickCell("people", 0);
        assertEquals(List.of(2L), session.directs);
        session.tellEntered(FakeSession.direct(40, ANA), 1);
        session.madeRoom.complete(FakeSession.direct(40, ANA));
        FxExtension.await("the direct messages", () -> window.text("room-name").equals("Ana"));
        assertEquals(1, list("direct-rooms").getItems().size());
        assertEquals(1, list("rooms").getItems().size());
        assertFalse(window.isShown("room-menu"), "nobody leaves direct messages");
        window.type("hi");
        window.press(KeyCode.ENTER);
        assertEquals(40, session.posted.getLast().roomId());
    }

    @Test
    void writesToAPersonByKeyboard() {
        window.node("people").requestFocus();
        window.press(KeyCode.DOWN);
        window.press(KeyCode.ENTER);
        assertEquals(1, session.directs.size());
    }

    @Test
    void writesNoBlankByChoosingAPersonOrARoom() {
        window.node("people").requestFocus();
        window.press(KeyCode.DOWN);
        window.press(KeyCode.SPACE);
        assertTrue(window.node("composer").isFocused());
        assertEquals("", window.text("composer"), "a person");
        window.node("rooms").requestFocus();
        window.press(KeyCode.SPACE);
        assertTrue(window.node("composer").isFocused());
        assertEquals("", window.text("composer"), "a room");
    }

    @Test
    void staysInARoomThatIsRenamed() {
        session.tellEntered(room(2, "lunch", 1), 1);
        session.tellEntered(room(5, "zoo", 1), 1);
        session.tellReceived(
                session.event(1, 1, ANA, 0, new EventBody.Rename(new RoomName("middle"))));
        FxExtension.await("the new name", () -> window.text("room-name").contains("middle"));
        session.tellReceived(
                session.event(1, 2, ANA, 0, new EventBody.Rename(new RoomName("zzz"))));
        FxExtension.await("the last", () -> list("rooms").getSelectionModel().isSelected(2));
        assertEquals("# zzz", window.text("room-name"));
        session.tellReceived(session.event(5, 1, ANA, 0, new EventBody.Rename(new RoomName("a"))));
        FxExtension.await("the names", () -> roomNames().equals(List.of("a", "lunch", "zzz")));
        assertEquals("# zzz", window.text("room-name"));
        assertTrue(list("rooms").getSelectionModel().isSelected(2));
    }

    @Test
    void makesAPrivateRoomByKeyboard() {
        window.click("new-private-room");
        window.press(KeyCode.ENTER);
        assertEquals("Enter a name for the room.", window.text("sheet-fault"));
        window.type("plans");
        window.press(KeyCode.TAB);
        window.type("bo");
        window.press(KeyCode.DOWN);
        window.press(KeyCode.SPACE);
        window.node("private-past").requestFocus();
        window.press(KeyCode.SPACE);
        window.node("private-name").requestFocus();
        window.press(KeyCode.ENTER);
        assertEquals(
                List.of(new FakeSession.Created("plans", false, List.of(3L))), session.created);
        assertFalse(window.isShown("sheet"));
        session.tellEntered(FakeSession.privateRoom(11, "plans", 1), 1);
        session.madeRoom.complete(FakeSession.privateRoom(11, "plans", 1));
        FxExtension.await("the room", () -> window.text("room-name").equals("plans"));
    }

    @Test
    void changesARoomThatIsOnesOwn() {
        enterPrivate(1);
        window.choose("room-menu", "set-topic");
        window.type("numbers");
        window.press(KeyCode.ENTER);
        assertEquals(
                new EventBody.Topic(new RoomTopic("numbers")), session.posted.getLast().body());
        window.choose("room-menu", "rename-room");
        window.fillFocused("figures");
        window.press(KeyCode.ENTER);
        assertEquals(
                new EventBody.Rename(new RoomName("figures")), session.posted.getLast().body());
        window.choose("room-menu", "add-members");
        window.press(KeyCode.ENTER);
        assertEquals("Pick somebody first.", window.text("sheet-fault"));
        window.clickCell("people-picker", 0);
        window.click("sheet-confirm");
        assertEquals(
                new EventBody.Membership(3, BO.name(), MembershipChange.ADDED),
                session.posted.getLast().body());
        window.choose("room-menu", "remove-members");
        window.clickCell("people-picker", 0);
        window.click("sheet-confirm");
        assertEquals(
                new EventBody.Membership(2, ANA.name(), MembershipChange.REMOVED),
                session.posted.getLast().body());
    }

    @Test
    void offersOthersOnlyWhatTheyMayDo() {
        enterPrivate(2);
        assertEquals(
                List.of("set-topic", "add-members", "leave-room"), window.choices("room-menu"));
        window.choose("room-menu", "leave-room");
        assertTrue(window.text("sheet-title").startsWith("Leave small for good?"));
        window.click("sheet-confirm");
        assertEquals(
                new EventBody.Membership(1, SELF.name(), MembershipChange.LEFT),
                session.posted.getLast().body());
    }

    @Test
    void saysHowLongARoomKeepsItsMessages() {
        RoomInfo info =
                new RoomInfo(
                        11,
                        new RoomName("small"),
                        RoomKind.PRIVATE,
                        "numbers",
                        0,
                        2,
                        new RoomSettings(30, 0, true),
                        Optional.empty(),
                        1);
        session.tellEntered(info, 1);
        FxExtension.await("it", () -> list("private-rooms").getItems().size() == 1);
        window.clickCell("private-rooms", 0);
        assertEquals("Messages are kept for 30 days", window.text("room-retention"));
        session.tellReceived(
                session.event(11, 1, ANA, 0, new EventBody.Settings(new RoomSettings(0, 0, true))));
        FxExtension.await("for ever", () -> window.text("room-retention").isEmpty());
        FxExtension.await("the line", () -> window.isStyleShown(".message-note"));
    }

    @Test
    void showsUnreadAndMentionsInTheList() {
        session.tellEntered(room(5, "zoo", 1), 1);
        session.tellReceived(session.message(5, 1, ANA, 0, "one"));
        FxExtension.await("a badge", () -> badges().equals(List.of("1")));
        assertFalse(window.isStyleShown(".room:mentioned"));
        assertTrue(window.isStyleShown(".room:unread"));
        session.tellReceived(
                session.event(
                        5,
                        2,
                        ANA,
                        0,
                        new EventBody.Message(
                                new MessageText("@Marina Costa"), 0, false, List.of(1L))));
        FxExtension.await("a mention", () -> badges().equals(List.of("@1")));
        assertTrue(window.isStyleShown(".room:mentioned"));
        window.clickCell("rooms", 1);
        FxExtension.await("read", () -> badges().isEmpty());
        assertEquals(new FakeSession.Read(5, 2), session.read.getLast());
    }

    private void enterPrivate(long owner) {
        session.tellEntered(FakeSession.privateRoom(11, "small", owner), 1);
        FxExtension.await("it", () -> list("private-rooms").getItems().size() == 1);
        window.clickCell("private-rooms", 0);
        FxExtension.await(
                "its people",
                () ->
                        window.text("room-name").equals("small")
                                && list("people").getItems().size() == 2);
    }

    private List<String> roomNames() {
        return list("rooms").getItems().stream()
                .map(room -> ((RoomModel) room).nameProperty().get())
                .toList();
    }

    private List<String> badges() {
        return window.scene().getRoot().lookupAll(".badge").stream()
                .filter(node -> node.isVisible() && node.getScene() != null)
                .map(node -> ((Label) node).getText())
                .filter(text -> !text.equals("0"))
                .toList();
    }

    private ListView<?> list(String id) {
        return window.find(id) instanceof ListView<?> list ? list : new ListView<>();
    }
}
