package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageEventEncoderTest {
    private final Random random = new Random(3);

    @Test
    void writesTheBytesOfTheGeneratedClassesWhateverTheNumbers() {
        for (int i = 0; i < 20_000; i++) {
            assertSameBytes(event(number(), time(), "x".repeat(1 + random.nextInt(300)), i));
        }
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "é, 2", "語, 3", "😀, 4"})
    void writesTheBytesOfTheGeneratedClassesInEveryScriptUpToTheLongestText(
            String letter, int bytes) {
        for (int letters : new int[] {1, 63, 127 / bytes, 128 / bytes, 4_096 / bytes}) {
            assertSameBytes(event(1, 0, letter.repeat(letters), letters));
        }
    }

    @Test
    void writesTheBytesOfTheGeneratedClassesWhoeverIsMentioned() {
        for (long userId : new long[] {1, 127, 128, Long.MAX_VALUE}) {
            for (int people : new int[] {0, 1, 31, 32}) {
                assertSameBytes(mentioning(Collections.nCopies(people, userId)));
            }
        }
    }

    private RoomEvent mentioning(List<Long> people) {
        EventBody.Message message = new EventBody.Message(new MessageText("hi"), 0, false, people);
        return new RoomEvent(1, 2, 3, 4, new UserName("Ana"), MessageId.random(random), message);
    }

    private RoomEvent event(long id, long timeMillis, String text, int variant) {
        return new RoomEvent(
                id,
                number(),
                timeMillis,
                number(),
                new UserName(variant % 2 == 0 ? "Ana" : "Zoë 語"),
                MessageId.random(random),
                new EventBody.Message(
                        new MessageText(text),
                        variant % 3 == 0 ? 0 : number(),
                        variant % 5 == 0,
                        mentions(variant % 7 == 0 ? random.nextInt(33) : 0)));
    }

    private List<Long> mentions(int people) {
        return LongStream.generate(this::number).limit(people).boxed().toList();
    }

    /// Above 0, of any length in bits.
    private long number() {
        return Math.max(1, random.nextLong() >>> (1 + random.nextInt(63)));
    }

    private long time() {
        return random.nextInt(4) == 0 ? 0 : random.nextLong() >> random.nextInt(63);
    }

    private static void assertSameBytes(RoomEvent event) {
        ByteBuffer expected = EncodedFrame.of(WireEncoding.eventFrame(event)).asBuffer();
        assertEquals(expected, WireEncoding.encodedEvent(event).asBuffer());
    }
}
