package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Login;
import localchat.server.LogLines;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client says about itself stands in the operator's log, and must not fill it.
class LogLineTest {
    private static final DeviceKey KEY = DeviceKey.generate();

    /// The characters of which the person's name, and the names of client and device, are made.
    static Stream<Arguments> characters() {
        return Stream.of(
                arguments("x", "x"),
                arguments("é", "é"),
                arguments("語", "語"),
                arguments("x", "\0"),
                arguments("é", "\0"));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("characters")
    void theLinesOfALoginAreShortWhateverItsNamesAre(String inName, String inLabels) {
        try (LogLines log = new LogLines()) {
            TurnServer server = new TurnServer(new Random(1));
            TurnPeer peer = server.connect();
            ClientFrame.Builder hello = Samples.of(KindCase.HELLO);
            hello.getHelloBuilder().setClientName(longest(inLabels));
            Challenge challenge = server.ask(peer, hello).getChallenge();
            Login.Builder login = Samples.login(challenge, longest(inName), KEY);
            login.setDeviceName(longest(inLabels));
            assertTrue(server.ask(peer, ClientFrame.newBuilder().setLogin(login)).hasWelcome());
            peer.hangUp();
            server.settle();
            assertEquals(2, log.count());
            assertEquals(List.of(), log.complaints());
        }
    }

    /// As often as 64 bytes hold it.
    private static String longest(String character) {
        int bytes = character.getBytes(StandardCharsets.UTF_8).length;
        return character.repeat(64 / bytes);
    }
}
