package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/// Both sides of TLS against each other, and the pin.
class TlsTest {
    private static final ServerAddress BOX = new ServerAddress("box.example", 7667);
    private static final ServerPin FIRST_USE = new ServerPin.FirstUse();

    @TempDir private static Path folder;
    private static ServerKey key;
    private static ServerKey otherKey;

    private final ClientTls client = new ClientTls();
    private final ServerTls server = ServerTls.with(key);
    private final ServerTls impostor = ServerTls.with(otherKey);

    @BeforeAll
    static void makeKeys() throws IOException {
        key = ServerKey.create(folder);
        otherKey = ServerKey.create(Files.createDirectory(folder.resolve("other")));
    }

    private TlsPair connect(ServerTls server) throws SSLException {
        return TlsPair.shakeHands(client.newEngine(BOX), server.newEngine());
    }

    /// A connection after which the client can resume.
    private void connectBefore(ServerTls server) throws SSLException {
        connect(server).settle();
    }

    private static ServerPin pin(Digest32 hash) {
        return new ServerPin.Exactly(hash);
    }

    @Test
    void speaksTls13() throws SSLException {
        assertEquals("TLSv1.3", connect(server).client.session().getProtocol());
    }

    @Test
    void carriesBytesBothWays() throws SSLException {
        TlsPair pair = connect(server);
        pair.settle();
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
        byte[] answer = "answer".getBytes(StandardCharsets.UTF_8);

        pair.server.advance(pair.client.say(hello));
        pair.client.advance(pair.server.say(answer));

        assertArrayEquals(hello, pair.server.heard());
        assertArrayEquals(answer, pair.client.heard());
    }

    static Stream<SSLEngine> engines() {
        return Stream.of(new ClientTls().newEngine(BOX), ServerTls.with(key).newEngine());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void offersTls13AndItsCipherSuitesAlone(SSLEngine engine) {
        assertArrayEquals(new String[] {"TLSv1.3"}, engine.getEnabledProtocols());
        assertArrayEquals(
                new String[] {
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256"
                },
                engine.getEnabledCipherSuites());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void exchangesKeysOnCurvesAlone(SSLEngine engine) {
        List<String> groups = List.of(engine.getSSLParameters().getNamedGroups());

        assertTrue(groups.contains("x25519"), groups.toString());
        assertTrue(groups.stream().noneMatch(group -> group.startsWith("ffdhe")), "" + groups);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_AES_128_GCM_SHA256",
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256"
            })
    void takesEachCipherSuite(String suite) throws SSLException {
        SSLEngine choosy = client.newEngine(BOX);
        choosy.setEnabledCipherSuites(new String[] {suite});

        TlsPair pair = TlsPair.shakeHands(choosy, server.newEngine());

        assertEquals(suite, pair.client.session().getCipherSuite());
    }

    @Test
    void takesTheCipherSuiteThatTheServerLikesBest() throws SSLException {
        SSLEngine other = client.newEngine(BOX);
        other.setEnabledCipherSuites(
                new String[] {"TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"});

        TlsPair pair = TlsPair.shakeHands(other, server.newEngine());

        assertEquals("TLS_AES_128_GCM_SHA256", pair.client.session().getCipherSuite());
    }

    @Test
    void remembersSessionsForADayAndNotTooMany() throws SSLException {
        TlsPair pair = connect(server);
        pair.settle();
        var ofClient = pair.client.session().getSessionContext();
        var ofServer = pair.server.session().getSessionContext();

        assertEquals(86_400, ofClient.getSessionTimeout());
        assertEquals(86_400, ofServer.getSessionTimeout());
        assertEquals(64, ofClient.getSessionCacheSize());
        assertEquals(1_024, ofServer.getSessionCacheSize());
    }

    @Test
    void refusesAClientOfTls12() {
        SSLEngine old = ofTls12(client.newEngine(BOX));

        assertThrows(
                SSLHandshakeException.class, () -> TlsPair.shakeHands(old, server.newEngine()));
    }

    @Test
    void refusesAServerOfTls12() {
        SSLEngine old = ofTls12(server.newEngine());

        assertThrows(
                SSLHandshakeException.class, () -> TlsPair.shakeHands(client.newEngine(BOX), old));
    }

    /// Shows that the two tests before fail for the version alone.
    @Test
    void couldSpeakTls12IfItWereAllowed() throws SSLException {
        TlsPair pair =
                TlsPair.shakeHands(ofTls12(client.newEngine(BOX)), ofTls12(server.newEngine()));

        assertEquals("TLSv1.2", pair.client.session().getProtocol());
        assertThrows(
                SSLPeerUnverifiedException.class, () -> FIRST_USE.check(pair.client.session()));
    }

    private static SSLEngine ofTls12(SSLEngine engine) {
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        engine.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
        return engine;
    }

    @Test
    void tellsListenersNoServerName() throws SSLException {
        TlsPair pair = connect(server);
        pair.settle();

        assertEquals(
                List.of(), ((ExtendedSSLSession) pair.server.session()).getRequestedServerNames());
    }

    @Test
    void asksClientsForNoCertificate() {
        SSLEngine engine = server.newEngine();

        assertFalse(engine.getNeedClientAuth() || engine.getWantClientAuth());
    }

    @Test
    void acceptsThePinnedKey() throws IOException {
        SeenKey seen = pin(key.hash()).check(connect(server).client.session());

        assertEquals(new SeenKey.Pinned(key.hash()), seen);
    }

    @Test
    void reportsTheKeyOfAFirstUse() throws IOException {
        SeenKey seen = FIRST_USE.check(connect(server).client.session());

        assertEquals(new SeenKey.Unverified(key.hash()), seen);
    }

    @Test
    void refusesAnotherKey() throws IOException {
        SSLSession session = connect(impostor).client.session();

        var refusal =
                assertThrows(WrongServerKeyException.class, () -> pin(key.hash()).check(session));

        assertEquals(key.hash(), refusal.pinned());
        assertEquals(otherKey.hash(), refusal.seen());
        assertTrue(refusal.getMessage().contains(key.hash().toString()), refusal.getMessage());
    }

    @Test
    void resumes() throws IOException {
        TlsPair first = connect(server);
        assertFalse(first.isResumed(), first.serverBytes() + " bytes");
        first.settle();

        TlsPair second = connect(server);

        assertTrue(second.isResumed(), second.serverBytes() + " bytes");
        assertEquals(
                new SeenKey.Pinned(key.hash()), pin(key.hash()).check(second.client.session()));
    }

    @Test
    void resumesAgainAndAgain() throws IOException {
        for (int i = 0; i < 5; i++) {
            TlsPair pair = connect(server);
            assertEquals(i > 0, pair.isResumed(), "connection " + i);
            pair.settle();
        }
    }

    @Test
    void resumesNoSessionOfAnotherAddress() throws IOException {
        connectBefore(server);

        TlsPair elsewhere =
                TlsPair.shakeHands(
                        client.newEngine(new ServerAddress("box.example", 7668)),
                        server.newEngine());

        assertFalse(elsewhere.isResumed());
    }

    @Test
    void refusesAnotherKeyOnAResumedSession() throws IOException {
        connectBefore(impostor);
        TlsPair resumed = connect(impostor);
        assertTrue(resumed.isResumed());

        var refusal =
                assertThrows(
                        WrongServerKeyException.class,
                        () -> pin(key.hash()).check(resumed.client.session()));

        assertEquals(otherKey.hash(), refusal.seen());
    }

    @Test
    void resumesNoSessionWhoseKeyWasRefused() throws IOException {
        connectBefore(impostor);
        SSLSession refused = connect(impostor).client.session();
        assertThrows(WrongServerKeyException.class, () -> pin(key.hash()).check(refused));

        assertFalse(refused.isValid());
        assertFalse(connect(impostor).isResumed());
    }

    @Test
    void resumesNoSessionAtAnImpostor() throws IOException {
        connectBefore(server);

        TlsPair stolen = connect(impostor);

        assertFalse(stolen.isResumed());
        assertThrows(
                WrongServerKeyException.class,
                () -> pin(key.hash()).check(stolen.client.session()));
    }

    @Test
    void followsToTheKeyThatThePinnedOneNamed(@TempDir Path place) throws IOException {
        Digest32 first = ServerKey.create(place).hash();
        Digest32 second = ServerKey.rotate(place).hash();
        ServerKey third = ServerKey.rotate(place);
        SSLSession session = connect(ServerTls.with(third)).client.session();

        assertEquals(new SeenKey.Succeeded(third.hash(), first), pin(first).check(session));
        assertEquals(new SeenKey.Succeeded(third.hash(), second), pin(second).check(session));
        assertEquals(new SeenKey.Pinned(third.hash()), pin(third.hash()).check(session));
        assertEquals(new SeenKey.Unverified(third.hash()), FIRST_USE.check(session));
    }

    @Test
    void followsOnAResumedSessionToo(@TempDir Path place) throws IOException {
        Digest32 old = ServerKey.create(place).hash();
        ServerKey next = ServerKey.rotate(place);
        ServerTls rotated = ServerTls.with(next);
        connectBefore(rotated);
        TlsPair resumed = connect(rotated);

        assertTrue(resumed.isResumed());
        assertEquals(
                new SeenKey.Succeeded(next.hash(), old), pin(old).check(resumed.client.session()));
    }

    @Test
    void doesNotGoBackToAKeyThatWasFollowed(@TempDir Path place) throws IOException {
        ServerKey old = ServerKey.create(place);
        Digest32 next = ServerKey.rotate(place).hash();
        SSLSession session = connect(ServerTls.with(old)).client.session();

        assertThrows(WrongServerKeyException.class, () -> pin(next).check(session));
    }

    @Test
    void followsNoSuccessionThatLeadsToAnotherKey(@TempDir Path place) throws Exception {
        Digest32 old = ServerKey.create(place).hash();
        KeySuccession borrowed = ServerKey.rotate(place).succession();
        var thief = java.security.KeyPairGenerator.getInstance("EC");
        thief.initialize(256);
        var session =
                session("TLSv1.3", ServerCertificate.selfSigned(thief.generateKeyPair(), borrowed));

        assertThrows(WrongServerKeyException.class, () -> pin(old).check(session));
        Mockito.verify(session).invalidate();
    }

    @Test
    void takesADamagedSuccessionForAnotherKey() throws IOException {
        var certificate = Mockito.spy(otherKey.certificate());
        Mockito.doReturn(new byte[] {4, 3, 4, 1, 0})
                .when(certificate)
                .getExtensionValue(ServerCertificate.SUCCESSION);

        assertThrows(
                WrongServerKeyException.class,
                () -> pin(key.hash()).check(session("TLSv1.3", certificate)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "NONE", "TLSv1.4", "DTLSv1.3"})
    void trustsNoOtherProtocol(String protocol) {
        SSLSession session = session(protocol, key.certificate());

        assertThrows(SSLPeerUnverifiedException.class, () -> pin(key.hash()).check(session));
        assertThrows(SSLPeerUnverifiedException.class, () -> FIRST_USE.check(session));
    }

    @Test
    void trustsNoSessionWithoutACertificate() {
        SSLSession session = session("TLSv1.3");

        assertThrows(SSLPeerUnverifiedException.class, () -> FIRST_USE.check(session));
    }

    @Test
    void trustsNoSessionBeforeTheHandshake() {
        SSLSession none = client.newEngine(BOX).getSession();

        assertThrows(SSLPeerUnverifiedException.class, () -> pin(key.hash()).check(none));
        assertThrows(SSLPeerUnverifiedException.class, () -> FIRST_USE.check(none));
    }

    private static SSLSession session(
            String protocol, java.security.cert.X509Certificate... chain) {
        SSLSession session = Mockito.mock(SSLSession.class);
        Mockito.when(session.getProtocol()).thenReturn(protocol);
        try {
            Mockito.when(session.getPeerCertificates()).thenReturn(chain);
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
        return session;
    }
}
