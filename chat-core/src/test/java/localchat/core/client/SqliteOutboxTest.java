package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.client.Outbox.Kept;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomTopic;
import localchat.core.model.UserName;
import localchat.core.store.OutboxFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest extends OutboxContract {
    private static final Id128 SERVER = new Id128(5, 5);
    private static final Id128 OTHER_SERVER = new Id128(6, 6);
    private static final OutboxFile.Room DEN =
            new OutboxFile.Room(new Id128(7, 7), 41, "den", RoomKind.PUBLIC);

    @TempDir private Path folder;

    private final Map<Long, OutboxFile.Room> places = new HashMap<>(Map.of(1L, DEN));
    private Optional<SqliteOutbox> open = Optional.empty();

    @Override
    Outbox outbox() {
        return reopened(SERVER);
    }

    /// As the next run of the program finds it.
    private SqliteOutbox reopened(Id128 server) {
        close();
        try {
            OutboxFile file = OutboxFile.open(folder);
            SqliteOutbox outbox =
                    new SqliteOutbox(file, roomId -> Optional.ofNullable(places.get(roomId)));
            outbox.turnTo(server, loaded(file, server));
            open = Optional.of(outbox);
            return outbox;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<SqliteOutbox.Loaded> loaded(OutboxFile file, Id128 server) throws Exception {
        return file.posts(server).stream()
                .map(post -> {
                    Outbox.Entry entry =
                            new Outbox.Entry(
                                    post.id(), 1, StoredForms.body(post.body()).orElseThrow());
                    Optional<SessionEvent.Refusal> refusal =
                            post.refusalCode().isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(
                                            new SessionEvent.Refusal(
                                                    ErrorCode.valueOf(post.refusalCode()),
                                                    post.refusalText()));
                    return new SqliteOutbox.Loaded(
                            new Kept(entry, refusal), post.position(), post.room());
                })
                .toList();
    }

    @AfterEach
    void close() {
        open.ifPresent(Outbox::close);
    }

    /// What is in the file for a server, without the outbox being closed in order.
    private List<OutboxFile.Post> stored(Id128 server) throws Exception {
        close();
        open = Optional.empty();
        try (OutboxFile file = OutboxFile.open(folder)) {
            return file.posts(server);
        }
    }

    @Test
    void comesBackInOrderWithWhatFailed() {
        Outbox outbox = outbox();
        add(outbox, entry(3, "c"));
        add(outbox, entry(1, "a"));
        add(outbox, entry(2, "b"));
        outbox.fail(id(1), NO);
        assertEquals(Optional.empty(), outbox.commit());
        outbox.retry(id(3));
        Outbox next = reopened(SERVER);
        assertEquals(
                List.of(
                        new Kept(entry(1, "a"), Optional.of(NO)),
                        new Kept(entry(2, "b"), Optional.empty()),
                        new Kept(entry(3, "c"), Optional.empty())),
                next.kept());
        add(next, entry(4, "d"));
        assertEquals(id(4), reopened(SERVER).kept().getLast().entry().id());
    }

    @Test
    void comesBackWithEveryKindOfPost() {
        List<EventBody> bodies =
                List.of(
                        new EventBody.Message(new MessageText("hi"), 3, true, List.of(9L)),
                        new EventBody.Edit(4, new MessageText("new")),
                        new EventBody.Delete(4),
                        new EventBody.Reaction(4, new Emoji("+1"), true),
                        new EventBody.Topic(RoomTopic.NONE),
                        new EventBody.Rename(new RoomName("n")),
                        new EventBody.Pin(4, true),
                        new EventBody.Membership(9, new UserName("Cy"), MembershipChange.ADDED));
        Outbox outbox = outbox();
        for (int i = 0; i < bodies.size(); i++) {
            add(outbox, new Outbox.Entry(id(i), 1, bodies.get(i)));
        }
        assertEquals(bodies, entries(reopened(SERVER)).stream().map(Outbox.Entry::body).toList());
    }

    @Test
    void forgetsWhatIsStoredOrGivenUp() {
        Outbox outbox = outbox();
        add(outbox, entry(1, "a"));
        add(outbox, entry(2, "b"));
        assertEquals(Optional.empty(), outbox.commit());
        outbox.remove(id(1));
        assertFalse(outbox.isUrgent());
        assertTrue(outbox.isUnsaved());
        outbox.discard(id(2));
        assertTrue(outbox.isUrgent());
        assertEquals(List.of(), reopened(SERVER).kept());
    }

    @Test
    void keepsTheServersApart() {
        Outbox outbox = outbox();
        add(outbox, entry(1, "a"));
        SqliteOutbox other = reopened(OTHER_SERVER);
        assertEquals(List.of(), other.kept());
        add(other, entry(2, "b"));
        other.turnAway(NO);
        assertEquals(List.of(), other.kept());
        assertEquals(List.of(entry(1, "a")), entries(reopened(SERVER)));
        assertEquals(List.of(entry(2, "b")), entries(reopened(OTHER_SERVER)));
    }

    @Test
    void takesNothingForAServerOrRoomThatIsNotKnown() throws Exception {
        Outbox outbox = outbox();
        Outbox.Entry elsewhere = new Outbox.Entry(id(1), 2, entry(1, "a").body());
        assertEquals(
                ErrorCode.NOT_IN_ROOM,
                outbox.add(elsewhere).map(SessionEvent.Refusal::code).orElseThrow());
        outbox.turnAway(NO);
        assertEquals(
                ErrorCode.NOT_IN_ROOM,
                outbox.add(entry(1, "a")).map(SessionEvent.Refusal::code).orElseThrow());
        assertEquals(List.of(), stored(SERVER));
    }

    @Test
    void remembersWhereItsPostsGoWhenTheServersHistoryChanges() throws Exception {
        Outbox outbox = outbox();
        add(outbox, entry(1, "a"));
        assertEquals(Optional.empty(), outbox.commit());
        OutboxFile.Room moved = new OutboxFile.Room(new Id128(8, 8), 42, "den", RoomKind.PUBLIC);
        places.put(1L, moved);
        outbox.onEntered(1);
        outbox.onEntered(2);
        assertTrue(outbox.isUnsaved());
        assertEquals(moved, stored(SERVER).getFirst().room());
    }

    @Test
    void leavesPostsWhereTheyWereWhenTheirRoomIsKnownNoMore() throws Exception {
        Outbox outbox = outbox();
        add(outbox, entry(1, "a"));
        assertEquals(Optional.empty(), outbox.commit());
        places.clear();
        outbox.fail(id(1), NO);
        assertEquals(DEN, stored(SERVER).getFirst().room());
    }

    @Test
    void saysThatNothingCanBeKeptWhenTheDiskIsFullAndKeepsItWhenThereIsSpace() throws Exception {
        OutboxFile file = OutboxFile.open(folder, 64 * 1024);
        SqliteOutbox outbox =
                new SqliteOutbox(file, roomId -> Optional.ofNullable(places.get(roomId)));
        open = Optional.of(outbox);
        outbox.turnTo(SERVER, List.of());
        int number = 0;
        Optional<SessionEvent.Refusal> refusal = Optional.empty();
        while (refusal.isEmpty()) {
            number++;
            add(outbox, entry(number, "x".repeat(4_000)));
            refusal = outbox.commit();
        }
        assertEquals(ErrorCode.STORAGE_FULL, refusal.get().code());
        assertTrue(refusal.get().text().contains("free some space"), refusal.get().text());
        outbox.fail(id(number), refusal.get());
        assertEquals(ErrorCode.STORAGE_FULL, outbox.commit().orElseThrow().code());
        assertTrue(outbox.isUnsaved());
        outbox.remove(id(1));
        assertEquals(Optional.empty(), outbox.commit());
        List<OutboxFile.Post> stored = stored(SERVER);
        assertEquals(number - 1, stored.size());
        assertEquals("STORAGE_FULL", stored.getLast().refusalCode());
    }

    @Test
    void takesNothingAfterItsEnd() {
        Outbox outbox = outbox();
        outbox.close();
        outbox.close();
        assertEquals(
                ErrorCode.NOT_NOW,
                outbox.add(entry(1, "a")).map(SessionEvent.Refusal::code).orElseThrow());
    }
}
