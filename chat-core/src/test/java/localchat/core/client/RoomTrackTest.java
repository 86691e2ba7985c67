package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import localchat.core.client.RoomTrack.Gap;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomTrackTest {
    private final RoomTrack track = new RoomTrack(10);

    private static RoomEvent event(long seq) {
        return new RoomEvent(
                1, seq, 0, 9, new UserName("Bo"), FakeServer.id(1), new EventBody.Unknown());
    }

    private static List<RoomEvent> events(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(RoomTrackTest::event).toList();
    }

    private List<Long> take(long... seqs) {
        return track.take(LongStream.of(seqs).mapToObj(RoomTrackTest::event).toList()).stream()
                .map(RoomEvent::seq)
                .toList();
    }

    @Test
    void passesTheNextOneOn() {
        assertEquals(List.of(11L), take(11));
        assertEquals(List.of(12L, 13L), take(12, 13));
        assertEquals(13, track.lastSeq());
        assertEquals(Optional.empty(), track.gap());
    }

    @Test
    void dropsDoubles() {
        assertEquals(List.of(), take(9, 10));
        assertEquals(List.of(11L), take(11, 11));
        assertEquals(List.of(), take(10, 13, 13));
        assertEquals(Optional.of(new Gap(12, 12)), track.gap());
        assertEquals(List.of(12L, 13L), take(12));
    }

    @Test
    void holdsWhatComesBehindAGapUntilItIsFilled() {
        assertEquals(List.of(), take(14, 13));
        assertEquals(Optional.of(new Gap(11, 12)), track.gap());
        assertEquals(List.of(11L), take(11));
        assertEquals(Optional.of(new Gap(12, 12)), track.gap());
        assertEquals(List.of(12L, 13L, 14L), take(12));
        assertEquals(Optional.empty(), track.gap());
    }

    @Test
    void knowsTheSecondGapBehindTheFirst() {
        take(12, 14);
        assertEquals(Optional.of(new Gap(11, 11)), track.gap());
        assertEquals(List.of(11L, 12L), take(11));
        assertEquals(Optional.of(new Gap(13, 13)), track.gap());
    }

    @Test
    void remembersAsMissingWhatItHasNoRoomToHold() {
        long last = 12 + RoomTrack.HELD_MAX;
        track.take(events(12, last + 5));
        assertEquals(Optional.of(new Gap(11, 11)), track.gap());
        assertEquals(1 + RoomTrack.HELD_MAX, take(11).size());
        assertEquals(Optional.of(new Gap(last, last + 5)), track.gap());
    }

    @Test
    void holdsWhatComesFirstWhereItCannotHoldAll() {
        track.take(events(1_000, 999 + RoomTrack.HELD_MAX));
        take(500);
        assertEquals(Optional.of(new Gap(11, 499)), track.gap());
        assertEquals(
                List.of(500L), track.skip(new Gap(11, 499)).stream().map(RoomEvent::seq).toList());
        assertEquals(Optional.of(new Gap(501, 999)), track.gap());
    }

    @Test
    void missesWhatItIsToldToExpect() {
        track.expectUpTo(12);
        assertEquals(Optional.of(new Gap(11, 12)), track.gap());
        track.expectUpTo(5);
        assertEquals(Optional.of(new Gap(11, 12)), track.gap());
    }

    @Test
    void goesOnBehindAGapThatIsGivenUp() {
        take(13, 15);
        assertEquals(
                List.of(13L),
                track.skip(track.gap().orElseThrow()).stream().map(RoomEvent::seq).toList());
        assertEquals(Optional.of(new Gap(14, 14)), track.gap());
    }

    @Test
    void forgetsWhatItHeldWhenTheConnectionIsLost() {
        take(13);
        track.forgetHeld();
        assertEquals(Optional.empty(), track.gap());
        assertEquals(List.of(11L, 12L), take(11, 12));
        assertEquals(List.of(13L), take(13));
    }

    @Test
    void beginsAnewWhereItIsTold() {
        take(13);
        track.restartAt(2);
        assertEquals(List.of(3L), take(3));
        assertEquals(Optional.empty(), track.gap());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void deliversEachSeqOnceAndInOrderWhateverTheOrderOfArrival(long seed) {
        Random random = new Random(seed);
        List<RoomEvent> arriving = new ArrayList<>(events(11, 200));
        arriving.addAll(events(50, 100));
        Collections.shuffle(arriving, random);
        List<Long> delivered = new ArrayList<>();
        for (RoomEvent event : arriving) {
            track.take(List.of(event)).forEach(next -> delivered.add(next.seq()));
        }
        assertEquals(LongStream.rangeClosed(11, 200).boxed().toList(), delivered);
    }
}
