package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import localchat.client.terminal.FakeSession.Posted;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.TombstoneCause;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;

/// Messages at the terminal, what happens to them, and the commands about them.
class DialogueMessagesTest {
    private static final String NOT_HERE =
            "      There is no such message here. Give its number: #N";

    private final DialogueRun run = DialogueRun.entered();
    private final FakeSession session = run.session();

    private EventBody posted() {
        return session.posts.remove().body();
    }

    /// Bob says something and ana does.
    private void twoMessages() {
        session.hear("hi");
        session.hear(FakeSession.ANA, "hello", false);
        run.shown();
    }

    @Test
    void tellsWhatHappensToMessagesByTheirNumbers() {
        twoMessages();
        session.happens(FakeSession.ANA, new EventBody.Edit(2, new MessageText("a\nb")));
        session.happens(FakeSession.BOB, new EventBody.Reaction(2, new Emoji("👍"), false));
        session.happens(FakeSession.BOB, new EventBody.Reaction(2, new Emoji("👍"), true));
        session.happens(FakeSession.BOB, new EventBody.Pin(1, false));
        session.happens(FakeSession.BOB, new EventBody.Pin(1, true));
        session.happens(FakeSession.BOB, new EventBody.Delete(1));
        assertEquals(
                List.of(
                        "      ana edited #2: a\\nb",
                        "      bob reacted 👍 to #2",
                        "      bob took 👍 back from #2",
                        "      bob pinned #1",
                        "      bob unpinned #1",
                        "      bob deleted #1"),
                run.shown());
    }

    @Test
    void namesMessagesByTheirFirstWordsWhereNumbersAreNotShown() {
        run.withColumns(Announcer.NUMBERS_COLUMNS_MIN - 1);
        session.hear("short");
        session.hear("0123456789abcdefg");
        session.happens(FakeSession.BOB, new EventBody.Reaction(1, new Emoji("👍"), false));
        session.happens(FakeSession.BOB, new EventBody.Reaction(2, new Emoji("👍"), false));
        session.happens(FakeSession.BOB, new EventBody.Reaction(9, new Emoji("👍"), false));
        assertEquals(
                List.of(
                        DialogueRun.DAY,
                        "10:15 bob: short",
                        "10:15 bob: 0123456789abcdefg",
                        "      bob reacted 👍 to “short”",
                        "      bob reacted 👍 to “0123456789abcdef…”",
                        "      bob reacted 👍 to #9"),
                run.shown());
        session.happens(FakeSession.BOB, new EventBody.Edit(1, new MessageText("new")));
        session.happens(FakeSession.BOB, new EventBody.Delete(1));
        assertEquals(
                List.of("      bob edited “short”: new", "      bob deleted “new”"), run.shown());
        run.withColumns(Announcer.NUMBERS_COLUMNS_MIN);
        session.hear("wide");
        assertEquals(List.of("10:15 #8 bob: wide"), run.shown());
    }

    @Test
    void listsTheCommandsOnAnyWidth() {
        List<String> wide = run.type("/help");
        assertEquals(
                "      /join ROOM|@NAME            enter a room, or switch to it", wide.getFirst());
        for (Command.Entry entry : Command.ENTRIES) {
            assertEquals(
                    1,
                    wide.stream()
                            .filter(line -> line.startsWith("      " + entry.usage() + " "))
                            .count(),
                    entry.usage());
        }
        assertEquals(List.of(), wide.stream().filter(line -> line.length() > 80).toList());
        run.withColumns(40);
        List<String> narrow = run.type("/help");
        assertEquals(
                List.of("      /join ROOM|@NAME", "        enter a room, or switch to it"),
                narrow.subList(0, 2));
        assertEquals(List.of(), narrow.stream().filter(line -> line.length() > 40).toList());
    }

    @Test
    void tellsWhatHappensToTheRoom() {
        EventBody.Membership added =
                new EventBody.Membership(9, new UserName("cy"), MembershipChange.ADDED);
        session.happens(FakeSession.BOB, new EventBody.Topic(new RoomTopic("tea")));
        session.happens(FakeSession.BOB, new EventBody.Topic(RoomTopic.NONE));
        session.happens(FakeSession.BOB, new EventBody.Rename(new RoomName("new")));
        session.happens(FakeSession.BOB, added);
        session.happens(FakeSession.BOB, new EventBody.Settings(new RoomSettings(1_000, 5, false)));
        session.happens(FakeSession.BOB, new EventBody.Settings(RoomSettings.STANDARD));
        assertEquals(
                List.of(
                        "      bob set the topic: tea",
                        "      bob removed the topic",
                        "      bob renamed the room to #new",
                        "      bob added cy",
                        "      bob set that messages are kept for 1,000 days",
                        "      bob set that the newest 5 messages are kept",
                        "      bob set that new members do not read what was said before",
                        "      bob set that messages are kept for ever"),
                run.shown());
    }

    @Test
    void saysWhatAMessageAnswers() {
        twoMessages();
        session.happens(
                FakeSession.BOB,
                new EventBody.Message(new MessageText("x"), 2, false, List.of(1L)));
        session.happens(
                FakeSession.BOB, new EventBody.Message(new MessageText("y"), 99, true, List.of()));
        assertEquals(List.of("10:15 #3 bob ↳ ana #2: x", "10:15 #4 * bob ↳ #99 y"), run.shown());
        run.withColumns(40);
        session.happens(
                FakeSession.BOB, new EventBody.Message(new MessageText("z"), 2, false, List.of()));
        assertEquals(List.of("10:15 bob ↳ ana: z"), run.shown());
    }

    @Test
    void showsAMessageThatIsGoneAsGone() {
        session.happens(FakeSession.BOB, new EventBody.Tombstone(TombstoneCause.DELETED, 2));
        session.happens(FakeSession.BOB, new EventBody.Tombstone(TombstoneCause.EXPIRED, 0));
        assertEquals(
                List.of(
                        DialogueRun.DAY,
                        "10:15 #1 bob: (message deleted)",
                        "10:15 #2 bob: (message expired)"),
                run.shown());
    }

    @Test
    void editsTheOwnNewestMessageOrTheOneNamed() {
        twoMessages();
        session.hear("after it");
        run.type("/edit better");
        assertEquals(new EventBody.Edit(2, new MessageText("better")), posted());
        run.type("/edit #1 other");
        assertEquals(new EventBody.Edit(1, new MessageText("other")), posted());
    }

    @Test
    void bringsTheOldTextForEditing() {
        twoMessages();
        session.happens(FakeSession.ANA, new EventBody.Edit(2, new MessageText("newer")));
        assertEquals(List.of("      ana edited #2: newer"), run.shown());
        run.type("/edit");
        assertEquals("/edit #2 newer", run.composed());
        assertEquals(List.of(NOT_HERE), run.type("/edit #77"));
        assertEquals(0, session.posts.size());
    }

    @Test
    void saysWhenThereIsNoMessageThatACommandCouldMean() {
        for (String command : List.of("/edit x", "/delete", "/reply x", "/react x", "/unreact")) {
            assertEquals(List.of(NOT_HERE), run.type(command), command);
        }
        assertEquals(0, session.posts.size());
    }

    @Test
    void deletesTheOwnNewestMessageOrTheOneNamed() {
        twoMessages();
        run.type("/delete");
        assertEquals(new EventBody.Delete(2), posted());
        run.type("/delete #1");
        assertEquals(new EventBody.Delete(1), posted());
    }

    @Test
    void takesADeletedMessageForNoOwnMessageAnyMore() {
        twoMessages();
        session.happens(FakeSession.ANA, new EventBody.Delete(2));
        run.shown();
        assertEquals(List.of(NOT_HERE), run.type("/delete"));
    }

    @Test
    void answersAndReactsToTheNewestOfSomebodyElseOrTheOneNamed() {
        twoMessages();
        run.type("/reply yes");
        assertEquals(new EventBody.Message(new MessageText("yes"), 1, false), posted());
        run.type("/reply #2 no");
        assertEquals(new EventBody.Message(new MessageText("no"), 2, false), posted());
        run.type("/react 👍");
        assertEquals(new EventBody.Reaction(1, new Emoji("👍"), false), posted());
        run.type("/react #2 🎉");
        assertEquals(new EventBody.Reaction(2, new Emoji("🎉"), false), posted());
        assertEquals(
                List.of("      Not sent: a reaction has no white space and no control characters"),
                run.type("/react a b"));
    }

    @Test
    void takesBackAllOwnReactionsToAMessage() {
        twoMessages();
        session.happens(FakeSession.ANA, new EventBody.Reaction(1, new Emoji("👍"), false));
        session.happens(FakeSession.ANA, new EventBody.Reaction(1, new Emoji("🎉"), false));
        session.happens(FakeSession.BOB, new EventBody.Reaction(2, new Emoji("👍"), false));
        run.shown();
        run.type("/unreact");
        assertEquals(new EventBody.Reaction(1, new Emoji("👍"), true), posted());
        assertEquals(new EventBody.Reaction(1, new Emoji("🎉"), true), posted());
        assertEquals(List.of(NOT_HERE), run.type("/unreact #2"));
    }

    @Test
    void pinsAndUnpins() {
        run.type("/pin #4");
        assertEquals(new EventBody.Pin(4, false), posted());
        run.type("/unpin #4");
        assertEquals(new EventBody.Pin(4, true), posted());
    }

    @Test
    void mentionsThePeopleOfTheRoomWhomATextNames() {
        session.hear(FakeSession.person(9, "Cy Twombly"), "I am here", false);
        run.shown();
        run.type("@cy twombly and @BOB look");
        EventBody.Message message = (EventBody.Message) posted();
        assertEquals(List.of(9L, 2L), message.mentions());
    }

    @Test
    void triesWhatWasRefusedAgainOrGivesItUp() {
        assertEquals(List.of("      Nothing was refused."), run.type("/retry"));
        run.type("one");
        run.type("two");
        Posted one = session.posts.remove();
        Posted two = session.posts.remove();
        session.refuse(one, ErrorCode.MUTED);
        session.refuse(two, ErrorCode.MUTED);
        run.shown();
        assertEquals(0, run.dialogue().unacknowledged());
        assertEquals(List.of("      Sending again: 2"), run.type("/retry"));
        assertEquals(List.of("retry " + one.id(), "retry " + two.id()), List.copyOf(session.calls));
        assertEquals(2, run.dialogue().unacknowledged());
        session.calls.clear();
        session.refuse(one, ErrorCode.MUTED);
        run.shown();
        assertEquals(List.of("      Given up: 1"), run.type("/discard"));
        assertEquals(List.of("discard " + one.id()), List.copyOf(session.calls));
        assertEquals(1, run.dialogue().unacknowledged());
        assertEquals(List.of("      Nothing was refused."), run.type("/discard"));
    }
}
