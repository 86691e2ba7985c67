package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import localchat.core.client.Admittance;
import localchat.core.client.ChatSession;
import localchat.core.client.DeviceInfo;
import localchat.core.client.ServerTrust;
import localchat.core.client.SessionConfig;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.identity.DeviceKey;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import localchat.server.ChatServer;
import localchat.server.ServerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A person's devices and codes, with real sessions and a real server on loopback.
@Timeout(60)
class AccountSocketTest {
    private static final long WAIT_SECONDS = 20;

    private final List<Device> devices = new ArrayList<>();
    private ChatServer server;

    @BeforeEach
    void startServer() throws Exception {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = ChatServer.start(ServerConfig.standard(List.of(loopback), "test").plaintext());
    }

    @AfterEach
    void stopServer() throws Exception {
        devices.forEach(device -> device.session.close());
        assertTrue(server.stop(Duration.ofSeconds(5)));
    }

    /// One login by one key.
    private final class Device {
        private final LinkedBlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
        private final ChatSession session;

        Device(DeviceKey key, String name, Admittance code) {
            int port = server.listening().getFirst().getPort();
            SessionConfig config =
                    new SessionConfig(
                                    new ServerAddress("127.0.0.1", port),
                                    new ServerTrust.Plaintext(),
                                    new UserName(name),
                                    RoomName.GENERAL,
                                    key,
                                    "test",
                                    Duration.ofSeconds(10),
                                    true)
                            .withDeviceName(name + "'s")
                            .withAdmittance(code);
            session = ChatSession.create(config, events::add);
            devices.add(this);
            session.start();
        }

        <T extends SessionEvent> T await(Class<T> type) throws InterruptedException {
            while (true) {
                SessionEvent event = events.poll(WAIT_SECONDS, TimeUnit.SECONDS);
                assertNotNull(event, "no " + type.getSimpleName());
                if (type.isInstance(event)) {
                    return type.cast(event);
                }
            }
        }
    }

    private Device login(DeviceKey key, String name, Admittance code) {
        return new Device(key, name, code);
    }

    @Test
    void letsASecondDeviceInByTheCodeOfTheFirstAndSignsItOut() throws Exception {
        Device first = login(DeviceKey.generate(), "Ana", Admittance.none());
        long ana = first.await(SessionEvent.Connected.class).self().userId();
        DeviceKey key = DeviceKey.generate();
        Device stranger = login(key, "ana", Admittance.none());
        assertEquals(Failure.NAME_TAKEN, stranger.await(SessionEvent.Ended.class).failure());

        String code = first.session.account().deviceCode().get(20, TimeUnit.SECONDS).code();
        Device wrong = login(key, "Bo", new Admittance.DeviceCode("7KQ2M-9XW4T-BC3ZD-H8RPN"));
        assertEquals(Failure.CODE_INVALID, wrong.await(SessionEvent.Ended.class).failure());
        String typed = code.toLowerCase(java.util.Locale.ROOT).replace("-", " ");
        Device second = login(key, "Bo", new Admittance.DeviceCode(typed));
        var self = second.await(SessionEvent.Connected.class).self();
        assertEquals(ana, self.userId());
        assertEquals("Ana", self.name().value());

        List<DeviceInfo> devicesOfAna = first.session.account().devices().get(20, TimeUnit.SECONDS);
        assertEquals(2, devicesOfAna.size());
        assertEquals(1, devicesOfAna.stream().filter(DeviceInfo::current).count());
        assertTrue(first.session.account().signOutOthers().get(20, TimeUnit.SECONDS));
        assertEquals(Failure.DEVICE_REVOKED, second.await(SessionEvent.Ended.class).failure());
        Device again = login(key, "Ana", Admittance.none());
        assertEquals(Failure.DEVICE_REVOKED, again.await(SessionEvent.Ended.class).failure());

        String recovery = first.session.account().recoveryCode().get(20, TimeUnit.SECONDS).code();
        Device back = login(key, "Ana", new Admittance.RecoveryCode(recovery));
        assertEquals(ana, back.await(SessionEvent.Connected.class).self().userId());
    }

    @Test
    void changesTheNameAndBlocks() throws Exception {
        Device ana = login(DeviceKey.generate(), "Ana", Admittance.none());
        ana.await(SessionEvent.RoomEntered.class);
        Device bo = login(DeviceKey.generate(), "Bo", Admittance.none());
        long boId = bo.await(SessionEvent.Connected.class).self().userId();
        bo.await(SessionEvent.RoomEntered.class);
        assertTrue(
                bo.session.account().changeName(new UserName("Boris")).get(20, TimeUnit.SECONDS));
        assertEquals("Boris", bo.await(SessionEvent.SelfChanged.class).self().name().value());
        assertTrue(ana.session.account().block(boId).get(20, TimeUnit.SECONDS));
        assertEquals(
                java.util.Set.of(boId), ana.await(SessionEvent.BlockedChanged.class).userIds());
        ana.session.account().unblock(boId).get(20, TimeUnit.SECONDS);
        assertEquals(java.util.Set.of(), ana.await(SessionEvent.BlockedChanged.class).userIds());
    }
}
