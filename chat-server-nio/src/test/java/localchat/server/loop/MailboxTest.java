package localchat.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final List<String> ran = new ArrayList<>();
    private final List<RuntimeException> faults = new ArrayList<>();
    private int wakeups;

    @Test
    void runsLettersInOrderOnTheDrainingThread() {
        Mailbox mailbox = mailbox(4, 0);
        mailbox.post(() -> ran.add("a"));
        mailbox.post(() -> ran.add("b"));
        assertEquals(2, mailbox.drain(10, faults::add));
        assertEquals(List.of("a", "b"), ran);
        assertTrue(mailbox.isEmpty());
    }

    @Test
    void wakesTheLoopForEachLetter() {
        Mailbox mailbox = mailbox(4, 0);
        mailbox.post(() -> {});
        mailbox.post(() -> {});
        assertEquals(2, wakeups);
    }

    @Test
    void takesLettersUpToItsCapacityAndRefusesOneMore() {
        Mailbox mailbox = mailbox(2, 5);
        assertTrue(mailbox.post(() -> {}));
        assertTrue(mailbox.post(() -> {}));
        assertFalse(mailbox.post(() -> ran.add("refused")));
        mailbox.drain(10, faults::add);
        assertEquals(List.of(), ran);
        assertTrue(mailbox.post(() -> {}));
    }

    @Test
    void keepsPlacesForResultsWhenItIsFull() {
        Mailbox mailbox = mailbox(1, 2);
        mailbox.post(() -> ran.add("letter"));
        mailbox.postReserved(() -> ran.add("result 1"));
        mailbox.postReserved(() -> ran.add("result 2"));
        assertThrows(IllegalStateException.class, () -> mailbox.postReserved(() -> {}));
        mailbox.drain(10, faults::add);
        assertEquals(List.of("letter", "result 1", "result 2"), ran);
    }

    @Test
    void leavesWhatIsPastTheBudget() {
        Mailbox mailbox = mailbox(4, 0);
        mailbox.post(() -> ran.add("a"));
        mailbox.post(() -> ran.add("b"));
        assertEquals(1, mailbox.drain(1, faults::add));
        assertEquals(List.of("a"), ran);
        assertFalse(mailbox.isEmpty());
    }

    @Test
    void runsTheNextLetterAfterOneThatThrew() {
        Mailbox mailbox = mailbox(4, 0);
        IllegalStateException fault = new IllegalStateException("planted");
        mailbox.post(() -> {
            throw fault;
        });
        mailbox.post(() -> ran.add("b"));
        mailbox.drain(10, faults::add);
        assertEquals(List.of(fault), faults);
        assertEquals(List.of("b"), ran);
    }

    private Mailbox mailbox(int capacity, int reserved) {
        return new Mailbox(capacity, reserved, () -> wakeups++);
    }

    /// Else a letter that sends the next would keep the sockets waiting.
    @Test
    void leavesWhatALetterSendsForTheNextTime() {
        Mailbox mailbox = new Mailbox(10, 1, () -> {});
        int[] sent = {0};
        Runnable[] again = new Runnable[1];
        again[0] =
                () -> {
                    sent[0]++;
                    mailbox.postReserved(again[0]);
                };
        mailbox.postReserved(again[0]);
        assertEquals(1, mailbox.drain(10, faults::add));
        assertEquals(1, sent[0]);
        assertEquals(1, mailbox.drain(10, faults::add));
        assertEquals(2, sent[0]);
    }
}
