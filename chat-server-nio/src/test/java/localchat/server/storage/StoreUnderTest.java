package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import localchat.core.model.ChatMessage;
import localchat.core.model.Digest32;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.server.room.Directory;
import localchat.server.room.Directory.Marker;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog;
import localchat.server.room.MessageLog.Events;
import localchat.server.room.MessageLog.Page;
import localchat.server.room.MessageLog.PageAnchor;
import localchat.server.room.PostOutcome;
import localchat.server.room.Reading;
import localchat.server.room.RoomState;
import localchat.server.room.RoomState.Membership;
import localchat.server.room.Standing;

/// A loop for one store: the test's thread plays it, runs the letters that come, and has wishes of
/// one line each.
final class StoreUnderTest {
    static final long ANA = 1;
    static final long BEN = 2;
    static final long CLEO = 3;

    private static final long PATIENCE_SECONDS = 20;

    final LinkedBlockingQueue<Runnable> letters = new LinkedBlockingQueue<>();
    final AtomicLong nowMillis = new AtomicLong(1_000);
    final List<PostOutcome> outcomes = new ArrayList<>();
    private MessageLog log = new MemoryLog(new Id128(0, 0), () -> 0, letters::add);
    private Directory directory = (Directory) log;
    private int offered;
    private int nextId = 1_000_000;

    /// Begins to work with a store.
    <S extends MessageLog & Directory> void use(S store) {
        letters.clear();
        outcomes.clear();
        offered = 0;
        log = store;
        directory = store;
        log.listener(outcomes::add);
    }

    MessageLog log() {
        return log;
    }

    Directory directory() {
        return directory;
    }

    void addPublicRoom(long roomId) {
        directory.addRoom(roomId, state(RoomKind.PUBLIC, 0, RoomSettings.STANDARD));
    }

    /// A private room that belongs to the first of its members.
    void addPrivateRoom(long roomId, boolean pastVisible, long... members) {
        RoomState state = state(RoomKind.PRIVATE, members[0], new RoomSettings(0, 0, pastVisible));
        for (long userId : members) {
            state.restoreMember(userId, new Membership(name(userId), 0, 1));
        }
        directory.addRoom(roomId, state);
    }

    static RoomState state(RoomKind kind, long ownerId, RoomSettings settings) {
        return new RoomState(kind, new RoomName("room"), settings, ownerId);
    }

    static UserName name(long userId) {
        return new UserName("user" + userId);
    }

    static EventBody text(String text) {
        return new EventBody.Message(new MessageText(text), 0, false);
    }

    static LogPost logPost(long roomId, long senderId, long id, EventBody body) {
        return new LogPost(
                roomId,
                senderId,
                name(senderId),
                Standing.MEMBER,
                new Digest32(new byte[32]),
                new MessageId(new Id128(0, id)),
                body,
                0,
                1,
                outcome -> {});
    }

    /// Offers a post and does not wait.
    void offer(LogPost post) {
        assertTrue(log.offer(post), "the store takes no more");
        offered++;
    }

    /// Posts and waits for the decision.
    PostOutcome post(LogPost post) {
        offer(post);
        return settle().getLast();
    }

    PostOutcome post(long roomId, long senderId, EventBody body) {
        return post(logPost(roomId, senderId, nextId++, body));
    }

    /// Posts what must be stored; returns its seq.
    long stored(long roomId, long senderId, EventBody body) {
        return assertInstanceOf(PostOutcome.Stored.class, post(roomId, senderId, body)).seq();
    }

    long say(long roomId, long senderId, String text) {
        return stored(roomId, senderId, text(text));
    }

    /// A post with an id of its own.
    LogPost next(long roomId, long senderId, EventBody body) {
        return logPost(roomId, senderId, nextId++, body);
    }

    /// Runs letters until everything offered was decided; returns all decisions so far.
    List<PostOutcome> settle() {
        runUntil(() -> outcomes.size() >= offered);
        assertEquals(offered, outcomes.size());
        return outcomes;
    }

    /// Runs letters until something is so.
    void runUntil(BooleanSupplier done) {
        long letterless = 0;
        while (!done.getAsBoolean()) {
            Runnable letter = poll();
            if (letter == null) {
                letterless++;
                assertTrue(letterless < PATIENCE_SECONDS, "no word from the store");
            } else {
                letterless = 0;
                letter.run();
            }
        }
    }

    private @org.jspecify.annotations.Nullable Runnable poll() {
        try {
            return letters.poll(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Waits for the answer to a reading.
    <T> Reading<T> read(Consumer<Consumer<Reading<T>>> question) {
        List<Reading<T>> answers = new ArrayList<>();
        question.accept(answers::add);
        runUntil(() -> !answers.isEmpty());
        return answers.getFirst();
    }

    private static <T> T found(Reading<T> reading) {
        return switch (reading) {
            case Reading.Found<T>(T value) -> value;
            case Reading.Failed<T> failed -> throw new AssertionError("not read: " + failed);
        };
    }

    Events frames(long roomId, long from, long to, int bytesMax) {
        return found(
                this.<Events>read(answer -> log.readEvents(roomId, from, to, bytesMax, answer)));
    }

    List<RoomEvent> events(long roomId, long from) {
        return events(roomId, from, Long.MAX_VALUE, 1 << 24);
    }

    List<RoomEvent> events(long roomId, long from, long to, int bytesMax) {
        Events read = frames(roomId, from, to, bytesMax);
        List<RoomEvent> events = new ArrayList<>();
        for (EncodedFrame frame : read.frames()) {
            events.add(event(frame));
        }
        for (int i = 0; i < events.size(); i++) {
            assertEquals(read.firstSeq() + i, events.get(i).seq());
        }
        return events;
    }

    static RoomEvent event(EncodedFrame frame) {
        try {
            return WireDecoding.event(frame);
        } catch (MalformedFrameException e) {
            throw new AssertionError("the log gave a frame that is none", e);
        }
    }

    Page page(long roomId, PageAnchor anchor, int messagesMax) {
        return page(roomId, 1, anchor, messagesMax);
    }

    Page page(long roomId, long visibleFromSeq, PageAnchor anchor, int messagesMax) {
        return found(
                this.<Page>read(answer ->
                        log.readPage(roomId, visibleFromSeq, anchor, messagesMax, answer)));
    }

    /// A message as the newest page has it.
    ChatMessage message(long roomId, long seq) {
        ChatMessage message =
                page(roomId, new PageAnchor.Around(seq), 1).messages().stream()
                        .filter(found -> found.seq() == seq)
                        .findAny()
                        .orElse(null);
        assertNotNull(message, "no message " + seq);
        return message;
    }

    Marker marker(long userId, long roomId, boolean fromStart) {
        return found(
                this.<Marker>read(
                        answer -> directory.readMarker(userId, roomId, fromStart, answer)));
    }
}
