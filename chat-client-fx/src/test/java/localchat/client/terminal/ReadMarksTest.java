package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadMarksTest {
    private static final long SECOND = 1_000_000_000;

    private final FakeSession session = new FakeSession(_ -> {}, _ -> {});
    private long nanos = Long.MAX_VALUE - 10;
    private final ReadMarks marks = new ReadMarks(session, () -> nanos);

    private List<String> tell() {
        marks.tell();
        List<String> told = new ArrayList<>();
        session.marks.drainTo(told);
        return told;
    }

    @Test
    void tellsTheNewestThatWasReadOnce() {
        assertEquals(Long.MAX_VALUE, marks.nanosLeft());
        marks.read(7, 3);
        marks.read(7, 5);
        marks.read(7, 4);
        assertEquals(0, marks.nanosLeft());
        assertEquals(List.of("7 5"), tell());
        nanos += 2 * SECOND;
        marks.read(7, 5);
        assertEquals(List.of(), tell());
    }

    @Test
    void tellsAtMostOnceASecond() {
        marks.read(7, 1);
        tell();
        marks.read(7, 2);
        assertEquals(SECOND, marks.nanosLeft());
        nanos += SECOND - 1;
        assertEquals(List.of(), tell());
        nanos += 1;
        assertEquals(List.of("7 2"), tell());
    }

    @Test
    void doesNotTellWhatTheServerKnows() {
        marks.read(7, 5);
        marks.known(7, 5);
        assertEquals(List.of(), tell());
        marks.known(7, 9);
        marks.read(7, 8);
        assertEquals(List.of(), tell());
    }

    @Test
    void tellsAgainAfterTheRoomWasEnteredAgain() {
        marks.read(7, 5);
        tell();
        nanos += SECOND;
        marks.forget(7);
        marks.read(7, 5);
        assertEquals(List.of("7 5"), tell());
    }
}
