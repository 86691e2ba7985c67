package localchat.server.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.model.MessageText;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.FetchHistory;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.ChatServer;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import localchat.server.chaos.ChaosProxy.Direction;
import org.junit.jupiter.api.Test;

/// The same chat directly and through a network that tears everything into single bytes: nobody can
/// tell the difference by what they read.
class OneByteSlicesSocketTest {
    private static final int MESSAGES = 200;

    /// Messages that one person sends without waiting.
    private static final int BURST = 10;

    private static final int PAGE = 50;
    private static final List<String> NAMES = List.of("Ana", "Bo", "Cy");

    @Test
    void aChatInSingleBytesIsTheChatThatItWouldBeWithoutThem() throws Exception {
        List<String> direct;
        try (ChatServer server = TestServers.start()) {
            direct = chat(server.listening().getFirst());
        }
        List<String> sliced;
        try (ChatServer server = TestServers.start();
                ChaosProxy proxy = ChaosProxy.start(server.listening().getFirst())) {
            proxy.set(Direction.TO_SERVER, Toxics.NONE.slices(1));
            proxy.set(Direction.TO_CLIENT, Toxics.NONE.slices(1));
            sliced = chat(proxy.address());
        }
        assertEquals(NAMES.size() * MESSAGES + MESSAGES, direct.size());
        assertEquals(direct, sliced);
    }

    /// What everyone read, a line for each message: live, then from the history.
    private static List<String> chat(InetSocketAddress address) throws IOException {
        List<TestPeer> peers = new ArrayList<>();
        try {
            long room = 0;
            for (String name : NAMES) {
                TestPeer peer = TestPeer.connect(address, DeviceKey.generate());
                peers.add(peer);
                peer.login(name);
                room = peer.join("general").getRoom().getRoomId();
            }
            List<String> read = new ArrayList<>();
            Random random = new Random(23);
            for (int sent = 0; sent < MESSAGES; sent += BURST) {
                TestPeer sender = peers.get(sent / BURST % peers.size());
                for (int i = sent; i < sent + BURST; i++) {
                    sender.say(room, text(i, random));
                }
                for (TestPeer peer : peers) {
                    readLive(peer, read);
                }
            }
            readHistory(peers.getFirst(), room, read);
            return read;
        } finally {
            for (TestPeer peer : peers) {
                peer.close();
            }
        }
    }

    /// Now and then as long as a text may be, in letters of one, two and four bytes.
    private static String text(int i, Random random) {
        String letter = List.of("x", "ß", "😀").get(i % 3);
        int bytesEach = MessageText.utf8Length(letter);
        int bytes = i % 20 == 0 ? MessageText.BYTES_MAX : bytesEach + random.nextInt(700);
        return letter.repeat(bytes / bytesEach);
    }

    private static void readLive(TestPeer peer, List<String> read) throws IOException {
        for (int i = 0; i < BURST; i++) {
            var event = peer.awaitEvent().getEvent();
            read.add(line(event.getSeq(), event.getSenderName(), event.getMessage().getText()));
        }
    }

    private static void readHistory(TestPeer peer, long room, List<String> read)
            throws IOException {
        long after = 0;
        boolean more = true;
        while (more) {
            FetchHistory.Builder fetch =
                    FetchHistory.newBuilder().setRoomId(room).setAfterSeq(after).setLimit(PAGE);
            ServerFrame answer = peer.request(ClientFrame.newBuilder().setFetchHistory(fetch));
            HistoryPage page = answer.getHistoryPage();
            for (HistoryMessage message : page.getMessagesList()) {
                after = message.getSeq();
                read.add(line(after, message.getSenderName(), message.getMessage().getText()));
            }
            more = page.getMoreAfter();
        }
    }

    private static String line(long seq, String sender, String text) {
        return seq + " " + sender + ": " + text;
    }
}
