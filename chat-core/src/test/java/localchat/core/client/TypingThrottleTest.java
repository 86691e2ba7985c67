package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypingThrottleTest {
    private final Bench bench = new Bench().connect();
    private final TypingThrottle typing = new TypingThrottle(bench.parts.uplink(), bench.clock);

    private List<String> takeSent() {
        return bench.takeSent().stream()
                .map(frame -> frame.getTyping().getRoomId() + " " + frame.getTyping().getActive())
                .toList();
    }

    @Test
    void repeatsAfterThreeSecondsOnly() {
        typing.onTyping(1, true);
        typing.onTyping(1, true);
        bench.advance(Duration.ofMillis(2_999));
        typing.onTyping(1, true);
        assertEquals(List.of("1 true"), takeSent());
        bench.advance(Duration.ofMillis(1));
        typing.onTyping(1, true);
        assertEquals(List.of("1 true"), takeSent());
    }

    @Test
    void saysOnceThatItStoppedAndOnlyIfItBegan() {
        typing.onTyping(1, false);
        typing.onTyping(1, true);
        typing.onTyping(1, false);
        typing.onTyping(1, false);
        assertEquals(List.of("1 true", "1 false"), takeSent());
        typing.onTyping(1, true);
        assertEquals(List.of("1 true"), takeSent());
    }

    @Test
    void countsEachRoomByItself() {
        typing.onTyping(1, true);
        typing.onTyping(2, true);
        assertEquals(List.of("1 true", "2 true"), takeSent());
    }

    @Test
    void beginsAnewAfterALoss() {
        typing.onTyping(1, true);
        typing.onLost();
        typing.onTyping(1, false);
        typing.onTyping(1, true);
        assertEquals(List.of("1 true", "1 true"), takeSent());
    }
}
