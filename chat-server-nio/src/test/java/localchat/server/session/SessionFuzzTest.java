package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import localchat.core.model.CloseReason;
import localchat.core.protocol.wire.Login;
import localchat.server.LogLines;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Damaged conversations, one after the other, with a server that somebody else goes on using. To
/// repeat a failure: `-Dlocalchat.fuzz.seed=` and the seed it names; for more of them
/// `-Dlocalchat.fuzz.rounds=`.
class SessionFuzzTest {
    /// Rounds with one server. A failure is repeated by its server's seed.
    private static final int ROUNDS_PER_SERVER = 100;

    private final long firstSeed = Long.getLong("localchat.fuzz.seed", new Random().nextLong());
    private final int rounds = Integer.getInteger("localchat.fuzz.rounds", 10_000);
    private final Map<CloseReason, Integer> ends = new EnumMap<>(CloseReason.class);
    private final LogLines log = new LogLines();
    private Random random = new Random(firstSeed);
    private TurnServer server = new TurnServer(Bystander.ONE_NONCE);
    private Bystander bo = new Bystander(server);
    private Conversation conversation = new Conversation(Login.getDefaultInstance());
    private long events;

    @BeforeEach
    void tellTheSeed(TestInfo test) {
        System.out.println(test.getDisplayName() + " -Dlocalchat.fuzz.seed=" + firstSeed);
    }

    @AfterEach
    void stopReadingTheLog() {
        log.close();
    }

    @Test
    void othersNoticeNothingOfDamagedConversations() {
        for (int round = 0; round < rounds; round++) {
            long seed = firstSeed + round / ROUNDS_PER_SERVER;
            if (round % ROUNDS_PER_SERVER == 0) {
                events += bo.events();
                begin(seed);
            }
            try {
                play(round);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "round %d of -Dlocalchat.fuzz.seed=%d: %s"
                                .formatted(round % ROUNDS_PER_SERVER, seed, e.getMessage()),
                        e);
            }
        }
        events += bo.events();
        System.out.println(
                rounds
                        + " conversations, "
                        + events
                        + " events, longest line of the log "
                        + log.longest()
                        + " bytes, ends "
                        + ends);
        assertTrue(events > rounds, "only " + events + " posts went through");
        assertTrue(ends.size() > 5, "only these ends: " + ends);
    }

    /// Everyone is somewhere else when nobody said anything wrong.
    @Test
    void aConversationWithoutDamageIsServedToItsEnd() {
        begin(firstSeed);
        TurnPeer mal = server.connect();
        conversation
                .inRound(0)
                .forEach(frame -> {
                    mal.say(TurnPeer.bytes(frame));
                    server.settle();
                });
        assertEquals(Optional.empty(), mal.closeReason());
        bo.hear();
        assertEquals(4, bo.events());
        mal.hangUp();
        server.settle();
        bo.hear();
        bo.assertUnharmed(log);
    }

    private void begin(long seed) {
        random = new Random(seed);
        server = new TurnServer(Bystander.ONE_NONCE);
        conversation = new Conversation(Bystander.loginOf("Mal", 2));
        bo = new Bystander(server);
    }

    private void play(int round) {
        FrameDamage damage = new FrameDamage(random);
        TurnPeer mal = server.connect();
        Hearer malsEars = new Hearer(mal);
        List<byte[]> pieces =
                damage.inPieces(damage.damaged(conversation.inRound(1 + (long) round)));
        for (byte[] piece : pieces) {
            mal.say(piece);
            if (random.nextInt(8) == 0) {
                mal.takes(random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(2_000));
            }
            server.turn();
            malsEars.hear();
        }
        mal.takes(Long.MAX_VALUE);
        end(mal, malsEars);
        server.clock.pass(random.nextInt(200) * 1_000_000L);
        bo.ping();
        server.settle();
        bo.hear();
        bo.assertUnharmed(log);
    }

    /// Mostly the client hangs up; sometimes it vanishes, or waits to see what becomes of it.
    private void end(TurnPeer mal, Hearer malsEars) {
        switch (random.nextInt(30)) {
            case 0 -> mal.breakOff();
            case 1 -> waitForTheEnd(mal);
            default -> {}
        }
        server.settle();
        malsEars.hear();
        mal.hangUp();
        server.settle();
        malsEars.hear();
        CloseReason reason =
                mal.closeReason().orElseThrow(() -> new AssertionError("it is still open"));
        assertTrue(mal.isGone(), "its socket is still open");
        ends.merge(reason, 1, Integer::sum);
    }

    private void waitForTheEnd(TurnPeer mal) {
        for (int i = 0; i < 46 && mal.closeReason().isEmpty(); i++) {
            bo.ping();
            server.pass(1);
        }
    }
}
