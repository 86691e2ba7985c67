package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Login;
import localchat.fuzz.FuzzInput;
import localchat.server.LogLines;
import localchat.server.net.TurnPeer;

/// One client says anything in any state of its session, at any time: it is served or its
/// connection ends for a reason that is fair, and a [Bystander] notices nothing.
///
/// Input: how far the session has come (one byte), then steps, each a byte for what happens and
/// what it needs.
public final class SessionFuzz {
    /// Steps that are taken of an input. Reason: what needs more is found by [SessionFuzzTest].
    private static final int STEPS_MAX = 100;

    /// Seconds that pass at most in one step: more than any limit of a session.
    private static final int SECONDS_MAX = 50;

    /// The id of the first room that is made.
    private static final long FIRST_MADE = 3;

    private static final String TAKE_MAL_OUT =
            "post { room_id: 3 client_msg_id: 'bbbbbbbbbbbbbbbb' flight: 1"
                    + " membership { user_id: 2 change: REMOVED } }";

    private static final KindCase[] KINDS = KindCase.values();

    private static final Login LOGIN = Bystander.loginOf("Mal", 2);

    private static final List<ClientFrame> CONVERSATION = new Conversation(LOGIN).inRound(1);

    private final FuzzInput input;
    private final TurnServer server = new TurnServer(Bystander.ONE_NONCE);
    private final Bystander bo = new Bystander(server);
    private final TurnPeer mal = server.connect();
    private final Hearer malsEars = new Hearer(mal);

    private SessionFuzz(FuzzInput input) {
        this.input = input;
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try (LogLines log = new LogLines()) {
            SessionFuzz session = new SessionFuzz(new FuzzInput(bytes));
            session.begin();
            for (int i = 0; i < STEPS_MAX && session.input.hasMore(); i++) {
                session.step();
            }
            session.end(log);
        }
    }

    private void begin() {
        int state = input.below(6);
        if (state == 5) {
            server.holdProofs();
        }
        int frames = List.of(0, 1, 2, 5, 8, 2).get(state);
        for (ClientFrame frame : CONVERSATION.subList(0, frames)) {
            mal.say(TurnPeer.bytes(frame));
        }
        settle();
    }

    private void settle() {
        server.settle();
        malsEars.hear();
        bo.hear();
    }

    private void step() {
        switch (input.below(12)) {
            case 0, 1 -> mal.say(TurnPeer.bytes(sample()));
            case 2 -> mal.say(TurnPeer.bytes(oddSample()));
            case 3 -> mal.say(TurnPeer.bytes(said()));
            case 4 -> mal.say(TurnPeer.prefixed(input.bytes(input.below(256))));
            case 5 -> mal.say(input.bytes(input.below(256)));
            case 6 -> {
                server.turn();
                malsEars.hear();
                bo.hear();
            }
            case 7 -> settle();
            case 8 -> pass(input.below(SECONDS_MAX + 1));
            case 9 -> {
                int bytes = input.below(256);
                mal.takes(bytes == 255 ? Long.MAX_VALUE : bytes * 32L);
            }
            case 10 -> holdOrLetGo();
            default -> other();
        }
    }

    /// A frame as clients send it.
    private ClientFrame sample() {
        KindCase kind = KINDS[input.below(KINDS.length)];
        ClientFrame.Builder frame =
                kind == KindCase.LOGIN
                        ? ClientFrame.newBuilder().setLogin(LOGIN)
                        : Samples.of(kind);
        return frame.setRequestId(input.below(256)).build();
    }

    /// One with values in it that no client sends.
    private ClientFrame oddSample() {
        FrameDamage damage =
                new FrameDamage(new Random(input.below(256) * 256L + input.below(256)));
        ClientFrame odd = sample();
        for (int i = input.below(3); i >= 0; i--) {
            odd = damage.withOddValue(odd);
        }
        return odd;
    }

    private ClientFrame said() {
        return CONVERSATION.get(input.below(CONVERSATION.size()));
    }

    /// Time in which Bo stays alive.
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            bo.ping();
            server.pass(1);
            malsEars.hear();
            bo.hear();
        }
    }

    /// Signatures, readings, decisions that take their time.
    private void holdOrLetGo() {
        switch (input.below(7)) {
            case 0 -> server.holdProofs();
            case 1 -> server.checkProofs();
            case 2 -> server.log.holdReadings();
            case 3 -> server.log.readAll();
            case 4 -> server.log.holdDecisions();
            case 5 -> server.log.decideAll();
            default -> server.log.refuseReadings(1);
        }
    }

    /// What Bo, the network and the operator's limits do.
    private void other() {
        switch (input.below(9)) {
            case 0 -> bo.say(Samples.of(KindCase.POST));
            case 1 -> bo.say(Samples.of(KindCase.TYPING));
            case 2 ->
                    bo.say(
                            Samples.frame(
                                    "create_room { name: 'den' kind: ROOM_PRIVATE"
                                            + " member_user_ids: 2 }"));
            case 3 -> bo.say(Samples.frame("open_direct { user_id: 2 }"));
            case 4 -> server.log.outOfIds(input.below(2) == 0);
            case 5 -> mal.breakOff();
            case 6 -> bo.say(Samples.frame(TAKE_MAL_OUT));
            case 7 -> mal.say(Samples.resume(FIRST_MADE));
            default -> mal.hangUp();
        }
    }

    private void end(LogLines log) {
        mal.takes(Long.MAX_VALUE);
        server.checkProofs();
        server.log.readAll();
        server.log.decideAll();
        settle();
        mal.hangUp();
        settle();
        assertTrue(mal.closeReason().isPresent(), "it is still open");
        assertTrue(mal.isGone(), "its socket is still open");
        server.tellNews();
        bo.ping();
        settle();
        bo.assertUnharmed(log);
    }
}
