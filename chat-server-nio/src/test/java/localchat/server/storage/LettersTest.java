package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LettersTest {
    private final ArrayDeque<Runnable> mailbox = new ArrayDeque<>();
    private final Letters letters = new Letters(mailbox::add);
    private final List<Integer> told = new ArrayList<>();

    private void send(int number) {
        letters.send(() -> told.add(number));
    }

    @Test
    void takesOnePlaceOfTheMailboxHoweverManyWait() {
        IntStream.range(0, 100).forEach(this::send);
        int run = 0;
        while (!mailbox.isEmpty()) {
            assertEquals(1, mailbox.size());
            mailbox.remove().run();
            run++;
        }
        assertEquals(IntStream.range(0, 100).boxed().toList(), told);
        assertEquals(7, run);
    }

    @Test
    void sendsAnotherLetterWhenTheFirstHasCome() {
        send(1);
        mailbox.remove().run();
        send(2);
        assertEquals(1, mailbox.size());
        mailbox.remove().run();
        assertEquals(List.of(1, 2), told);
    }

    @Test
    void tellsTheOthersWhenOneFails() {
        letters.send(() -> {
            throw new IllegalStateException("made to fail");
        });
        send(2);
        mailbox.remove().run();
        assertEquals(List.of(2), told);
        assertThrows(IllegalStateException.class, mailbox.remove()::run);
    }
}
