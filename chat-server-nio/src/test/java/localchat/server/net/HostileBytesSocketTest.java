package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.CloseReason;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.ChatServer;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that no client sends: that connection closes with a named reason, and everyone else chats
/// on.
class HostileBytesSocketTest {
    private ChatServer server;
    private TestPeer ana;
    private TestPeer bo;
    private long room;

    @BeforeEach
    void start() throws IOException {
        server = TestServers.start(limits -> TestServers.hurried(limits, 2_000, 700, 60_000));
        ana = TestPeer.login(server, "Ana");
        bo = TestPeer.login(server, "Bo");
        room = ana.join("general").getRoom().getRoomId();
        bo.join("general");
    }

    @AfterEach
    void othersChatOn() throws IOException {
        String text = "still here";
        ana.say(room, text);
        assertEquals(text, bo.awaitEvent().getEvent().getMessage().getText());
        ana.close();
        bo.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {8_193, 65_537, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void closesStrangerThatAnnouncesTooLargeFrame(int length) throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.sendRaw(prefix(length));
            assertEquals(CloseReason.FRAME_TOO_LARGE, stranger.awaitGoodbye().getReason());
        }
    }

    @Test
    void closesMemberThatAnnouncesTooLargeFrame() throws IOException {
        try (TestPeer member = TestPeer.login(server, "Cy")) {
            member.sendRaw(prefix(65_537));
            assertEquals(CloseReason.FRAME_TOO_LARGE, member.awaitGoodbye().getReason());
        }
    }

    @Test
    void takesMembersFrameOfTheLimit() throws IOException {
        try (TestPeer member = TestPeer.login(server, "Cy")) {
            member.sendRaw(padded(65_536));
            assertTrue(member.await(ServerFrame::hasPong).hasPong());
        }
    }

    @Test
    void takesStrangersFrameOfTheLimit() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.hello();
            stranger.sendRaw(padded(8_192));
            assertTrue(stranger.await(ServerFrame::hasPong).hasPong());
        }
    }

    @Test
    void closesEmptyFrame() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.sendRaw(prefix(0));
            assertEquals(CloseReason.FRAME_EMPTY, stranger.awaitGoodbye().getReason());
        }
    }

    @Test
    void closesWhatIsNoFrameOfTheProtocol() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.sendRaw(prefix(3));
            stranger.sendRaw((byte) 0xff, (byte) 0xff, (byte) 0xff);
            assertEquals(CloseReason.FRAME_MALFORMED, stranger.awaitGoodbye().getReason());
        }
    }

    @Test
    void closesInvalidUtf8() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            // Hello (field 2) { client_name (field 3) = two bytes that are no UTF-8 }
            byte[] frame = {0x12, 0x04, 0x1a, 0x02, (byte) 0xc3, 0x28};
            stranger.sendRaw(prefix(frame.length));
            stranger.sendRaw(frame);
            assertEquals(CloseReason.FRAME_MALFORMED, stranger.awaitGoodbye().getReason());
        }
    }

    @Test
    void closesHttp() throws IOException {
        try (TestPeer browser = TestPeer.connect(server)) {
            browser.sendRaw(
                    "GET / HTTP/1.1\r\nHost: chat\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals(CloseReason.FRAME_TOO_LARGE, browser.awaitGoodbye().getReason());
        }
    }

    @Test
    void closesHalfAFrameThenSilence() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.sendRaw((byte) 0, (byte) 0, (byte) 1);
            assertEquals(CloseReason.FRAME_TIMEOUT, stranger.awaitGoodbye().getReason());
        }
    }

    @Test
    void countsAFramesTimeFromItsFirstByte() throws Exception {
        try (TestPeer dripping = TestPeer.login(server, "Cy")) {
            dripping.sendRaw(prefix(1_000));
            Assertions.assertThrows(
                    IOException.class,
                    () -> {
                        for (int i = 0; i < 100; i++) {
                            dripping.sendRaw((byte) 0);
                            Thread.sleep(50); // The pace of the drip, not a wait for something.
                        }
                    });
        }
    }

    @Test
    void closesWhoNeverLogsIn() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.hello();
            assertEquals(CloseReason.LOGIN_TIMEOUT, stranger.awaitGoodbye().getReason());
        }
    }

    @Test
    void closesWithoutGoodbyeWhoClosed() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.socket().shutdownOutput();
            Assertions.assertThrows(IOException.class, stranger::read);
        }
    }

    private static byte[] prefix(int length) {
        return ByteBuffer.allocate(4).putInt(length).array();
    }

    /// A Ping in a frame of exactly so many bytes: filled up with a field that nobody knows.
    private static byte[] padded(int length) {
        ClientFrame ping = ClientFrame.newBuilder().setPing(Ping.newBuilder().setToken(1)).build();
        byte[] known = ping.toByteArray();
        int filling = length - known.length - 5;
        ByteBuffer frame = ByteBuffer.allocate(4 + length).putInt(length).put(known);
        frame.put((byte) 0xfa).put((byte) 0x3f); // Field 127, length-delimited.
        frame.put((byte) ((filling & 0x7f) | 0x80))
                .put((byte) (((filling >> 7) & 0x7f) | 0x80))
                .put((byte) (filling >> 14));
        return frame.array();
    }
}
