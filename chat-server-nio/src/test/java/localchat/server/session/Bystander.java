package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.SeededKey;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Login;
import localchat.server.LogLines;
import localchat.server.counters.Counter;
import localchat.server.net.TurnPeer;

/// Bo, who is in two rooms of a server, does nothing wrong, and is to notice nothing of what others
/// do wrong.
final class Bystander {
    static final long GENERAL = 1;
    static final long KITCHEN = 2;

    /// Always the same nonce, so that a login once signed is valid on every connection.
    static final RandomGenerator ONE_NONCE = () -> 0x0123456789abcdefL;

    /// The same for all servers: making a signature takes longer than everything else.
    private static final Login LOGIN = loginOf("Bo", 1);

    private final TurnServer server;
    private final TurnPeer peer;
    private final Hearer ears;

    /// Logs in and enters both rooms.
    Bystander(TurnServer server) {
        this.server = server;
        peer = server.connect();
        server.hello(peer);
        say(ClientFrame.newBuilder().setLogin(LOGIN));
        ears = new Hearer(peer);
        say(Samples.of(KindCase.JOIN_ROOM));
        say(Samples.frame("join_room { name: 'Kitchen' }"));
        server.settle();
        hear();
    }

    /// A login that is valid on every connection of every server with [#ONE_NONCE].
    ///
    /// @param key number of the device's key; Bo's is 1
    static Login loginOf(String name, int key) {
        TurnServer server = new TurnServer(ONE_NONCE);
        Challenge challenge = server.hello(server.connect());
        return Samples.login(challenge, name, key(key)).build();
    }

    private static DeviceKey key(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return SeededKey.of(seed).device();
    }

    void say(ClientFrame.Builder frame) {
        peer.say(frame);
    }

    void ping() {
        say(Samples.of(KindCase.PING));
    }

    /// Hears what came since the last call, and complains of what breaks a promise.
    void hear() {
        ears.hear();
    }

    /// Events heard, of all rooms.
    long events() {
        return ears.events();
    }

    /// Nobody else is left, nothing went wrong, and Bo knows everything that there is to know.
    void assertUnharmed(LogLines log) {
        assertEquals(List.of(), server.faults);
        assertEquals(0, server.counters.get(Counter.FAULTS));
        assertEquals(List.of(), log.complaints());
        assertEquals(Optional.empty(), peer.closeReason());
        assertEquals(0, peer.bytesOfTornFrame());
        assertEquals(1, server.connections.size());
        assertEquals(1, server.people.online());
        server.rooms
                .list(Optional.empty(), Integer.MAX_VALUE)
                .forEach(room -> {
                    int wanted = room.id() <= KITCHEN ? 1 : 0;
                    assertEquals(wanted, room.online());
                    assertEquals(wanted, room.people(Optional.empty(), 10).size());
                });
        for (long room = GENERAL; room <= KITCHEN; room++) {
            assertEquals(1, ears.online(room));
            assertEquals(server.rooms.byId(room).orElseThrow().headSeq() + 1, ears.nextSeq(room));
        }
    }
}
