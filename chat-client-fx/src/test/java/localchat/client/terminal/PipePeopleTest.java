package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import localchat.client.FakePeople;
import localchat.core.client.SessionEvent;
import localchat.core.model.EventBody;
import localchat.core.model.ModerationAct;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.Role;
import localchat.core.model.RoomKind;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a pipe prints about people.
@Timeout(60)
class PipePeopleTest {
    @Test
    void writesOneObjectForAnActAnOwnNameAndAFormerName() throws Exception {
        Person anna =
                new Person(1, new UserName("anna"), Role.ADMIN, FakeSession.ANA.availability());
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.enter();
                            s.happens(
                                    FakeSession.BOB,
                                    new EventBody.Moderation(
                                            ModerationAct.MUTE,
                                            9,
                                            "cy",
                                            "loud",
                                            FakePeople.EXPIRES,
                                            5));
                            s.tell(new SessionEvent.SelfChanged(anna));
                            s.tell(
                                    new SessionEvent.PresenceChanged(
                                            FakeSession.ROOM_ID,
                                            2,
                                            List.of(
                                                    new PresenceChange(
                                                            FakeSession.BOB,
                                                            PresenceKind.RENAMED,
                                                            Optional.of(new UserName("rob")))),
                                            false));
                        },
                        "--json");
        run.endInput();
        run.nextOut();
        run.nextOut();
        String act = run.nextOut();
        assertTrue(
                act.startsWith(
                        "{\"type\":\"moderation\",\"room\":\"general\",\"act\":\"mute\","
                                + "\"user_id\":9,\"name\":\"cy\",\"reason\":\"loud\","
                                + "\"until\":\"2026-11-21T10:25:00.000Z\",\"about_room_id\":5,"),
                act);
        assertEquals(
                "{\"type\":\"self\",\"user_id\":1,\"name\":\"anna\",\"role\":\"admin\"}",
                run.nextOut());
        String renamed = run.nextOut();
        assertTrue(renamed.contains("\"former_name\":\"rob\""), renamed);
    }

    @Test
    void marksOrLeavesOutWhatTheBlockedSay() throws Exception {
        PipeRun json = PipeRun.start(PipePeopleTest::talk, "--json");
        json.endInput();
        json.nextOut();
        json.nextOut();
        String blocked = json.nextOut();
        assertTrue(blocked.contains("\"blocked\":true"), blocked);
        String other = json.nextOut();
        assertTrue(other.contains("\"text\":\"hello\""), other);
        assertTrue(!other.contains("blocked"), other);

        PipeRun plain = PipeRun.start(PipePeopleTest::talk);
        plain.endInput();
        assertTrue(plain.nextOut().endsWith("cy: hello"));
    }

    @Test
    void talksInAPrivateRoomByItsNumber() throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> {
                            s.acknowledging().enter();
                            s.enterFrom(1, FakeSession.room(12, "general", RoomKind.PRIVATE));
                        },
                        "--json",
                        "--room-id",
                        "12");
        run.nextOut();
        assertEquals(
                "{\"type\":\"joined\",\"room\":\"general\",\"seq\":0,\"room_id\":12}",
                run.nextOut());
        run.type("hi\n").endInput();
        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals(12, run.session().posts.remove().roomId());
    }

    private static void talk(FakeSession session) {
        session.enter();
        session.tell(new SessionEvent.BlockedChanged(Set.of(FakeSession.BOB.userId())));
        session.hear("spam");
        session.hear(FakeSession.person(9, "cy"), "hello", false);
    }
}
