package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.CloseReason;
import localchat.core.model.Role;
import localchat.core.protocol.wire.Availability;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Code;
import localchat.core.protocol.wire.Device;
import localchat.core.protocol.wire.Person;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One person with several devices: what the others see, what the devices are told, and how one is
/// taken away.
class DevicesTest {
    private static final long GENERAL = 1;

    private final Company company = new Company();
    private final TurnServer server = company.server;
    private final TurnPeer bo = company.login("Bo");
    private final TurnPeer desk = company.login("Ana");
    private final TurnPeer phone = company.further("Ana", "phone");

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    @Test
    void twoDevicesInARoomAreOnePersonWhoComesAndGoesOnce() {
        enterGeneral();
        assertEquals(List.of("CAME Ana 2"), company.presence(bo, GENERAL));
        assertEquals(
                List.of("Ana", "Bo"), names(company.request(bo, "list_people { room_id: 1 }")));
        assertEquals(2, company.request(bo, "list_people {}").getPeoplePage().getTotal());
        company.forget(bo);
        desk.hangUp();
        assertEquals(List.of(), company.presence(bo, GENERAL));
        assertEquals("event", company.post(phone, GENERAL, "message { text: 'still here' }"));
        assertEquals("room_left", company.ask(phone, "leave_room { room_id: 1 }"));
        assertEquals(List.of("WENT Ana 1"), company.presence(bo, GENERAL));
    }

    @Test
    void whatOneDeviceSaysTheOtherHears() {
        enterGeneral();
        company.forget(phone);
        company.say(desk, GENERAL, "from the desk");
        assertEquals("from the desk", company.events(phone).getFirst().getMessage().getText());
        assertEquals(1, company.events(phone).size());
    }

    @Test
    void whatOneDeviceHasReadTheOtherIsTold() {
        enterGeneral();
        long seq = company.say(bo, GENERAL, "read me");
        company.forget(phone, bo);
        assertEquals("read_marker", company.ask(desk, "mark_read { room_id: 1 seq: " + seq + " }"));
        List<ServerFrame> told =
                company.heard(phone).stream().filter(ServerFrame::hasReadMarker).toList();
        assertEquals(1, told.size());
        assertEquals(0, told.getFirst().getRequestId());
        assertEquals(seq, told.getFirst().getReadMarker().getSeq());
        assertEquals(0, told.getFirst().getReadMarker().getUnread());
        assertFalse(company.heard(bo).stream().anyMatch(ServerFrame::hasReadMarker));
    }

    @Test
    void aPersonIsHereAsLongAsOneDeviceIsInUse() {
        enterGeneral();
        company.forget(bo);
        assertEquals("done", company.ask(desk, "set_presence { availability: AWAY }"));
        assertEquals(List.of(), company.presence(bo, GENERAL));
        company.ask(phone, "set_presence { availability: AWAY }");
        company.ask(desk, "set_presence { availability: ONLINE }");
        assertEquals(
                List.of("AVAILABILITY_CHANGED Ana 2", "AVAILABILITY_CHANGED Ana 2"),
                company.presence(bo, GENERAL));
        company.forget(bo);
        desk.hangUp();
        assertEquals(List.of("AVAILABILITY_CHANGED Ana 2"), company.presence(bo, GENERAL));
        assertEquals(
                Availability.AWAY,
                company.request(bo, "list_people { room_id: 1 }")
                        .getPeoplePage()
                        .getPeople(0)
                        .getAvailability());
        company.login("Ana");
        assertEquals(2, company.presence(bo, GENERAL).size());
    }

    @Test
    void aNewNameIsToldOnceInEveryRoomAndListedInPrivateOnes() {
        enterGeneral();
        long den = company.den(bo, Map.of("Ana", desk));
        long direct = company.direct(bo, "Ana");
        company.say(bo, direct, "hello");
        company.forget(bo);
        assertEquals("done", company.ask(phone, "change_name { name: 'Zora' }"));
        assertEquals(List.of("RENAMED Zora 2"), company.presence(bo, GENERAL));
        assertEquals(List.of("RENAMED Zora 2"), company.presence(bo, den));
        String list = "list_people { room_id: " + den + " }";
        assertEquals(List.of("Bo", "Zora"), names(company.request(bo, list)));
        desk.hangUp();
        phone.hangUp();
        server.settle();
        assertEquals(List.of("Bo", "Zora"), names(company.request(bo, list)));
        assertEquals(
                "Zora", company.rooms(bo, RoomKind.ROOM_DIRECT).getFirst().getPeer().getName());
    }

    @Test
    void anEarlierNameAtALoginDoesNotComeBackAndIsAnsweredWithTheOneThatHolds() {
        company.ask(phone, "change_name { name: 'Zora' }");
        TurnPeer again = server.connect();
        ServerFrame welcome =
                company.request(
                        again,
                        ClientFrame.newBuilder()
                                .setLogin(
                                        Samples.login(
                                                server.hello(again), "Ana", Company.key("Ana"))));
        assertEquals("Zora", welcome.getWelcome().getUser().getName());
    }

    @Test
    void aNewNameAtALoginIsToldToTheOtherDevicesRooms() {
        enterGeneral();
        company.forget(bo);
        company.login("Zora", "tablet", login -> login.setDeviceCode(deviceCode()));
        assertEquals(List.of(), company.presence(bo, GENERAL));
        company.login("Zora", "tablet", login -> login);
        assertEquals(List.of("RENAMED Zora 2"), company.presence(bo, GENERAL));
    }

    @Test
    void aNewRoleIsToldInEveryRoomAndHoldsAtOnceOnEveryDevice() {
        enterGeneral();
        company.say(bo, GENERAL, "one");
        company.forget(bo);
        company.role("Ana", Role.MODERATOR);
        assertEquals(List.of("ROLE_CHANGED Ana 2"), company.presence(bo, GENERAL));
        assertEquals("event", company.post(phone, GENERAL, "delete { target_seq: 1 }"));
        company.role("Ana", Role.MEMBER);
        company.say(bo, GENERAL, "two");
        assertEquals("FORBIDDEN?", company.post(phone, GENERAL, "delete { target_seq: 3 }"));
    }

    @Test
    void theSameDeviceAgainReplacesItselfAlone() {
        TurnPeer again = company.login("Ana", "phone", login -> login);
        server.settle();
        assertEquals(Optional.of(CloseReason.REPLACED), phone.closeReason());
        assertEquals("pong", company.ask(desk, "ping {}"));
        assertEquals("pong", company.ask(again, "ping {}"));
    }

    @Test
    void thePostsOfAllDevicesCountTogether() {
        enterGeneral();
        for (TurnPeer device : List.of(desk, phone)) {
            for (int i = 0; i < 1_000; i++) {
                device.say(company.postFrame(GENERAL, "message { text: 'x' }"));
            }
            server.settle();
            assertEquals(
                    List.of(),
                    company.heard(device).stream().filter(ServerFrame::hasError).toList());
        }
        assertEquals("RATE_LIMITED?", company.post(desk, GENERAL, "message { text: 'x' }"));
        assertEquals("RATE_LIMITED?", company.post(phone, GENERAL, "message { text: 'x' }"));
    }

    // Taken away
    // ----------------------------------------------------------------------------------------------

    @Test
    void aRevokedDeviceIsOutAtOnceAndStaysOut() {
        assertEquals("done", revoke(desk, "phone"));
        server.settle();
        assertEquals(Optional.of(CloseReason.DEVICE_REVOKED), phone.closeReason());
        assertEquals("DEVICE_REVOKED!", goodbye(phone));
        assertEquals("DEVICE_UNKNOWN?", company.tryLogin("Ana", "phone"));
        assertEquals("pong", company.ask(desk, "ping {}"));
        String code = deviceCode();
        assertEquals(
                "welcome",
                company.tryLogin(
                        server.connect(), "Ana", "phone", login -> login.setDeviceCode(code)));
    }

    @Test
    void whoSignsOutEverywhereKeepsThisDeviceAlone() {
        TurnPeer tablet = company.further("Ana", "tablet");
        String code = company.request(phone, "create_device_code {}").getCode().getCode();
        assertEquals("done", company.ask(tablet, "revoke_device { all_others: true }"));
        server.settle();
        for (TurnPeer out : List.of(desk, phone)) {
            assertEquals(Optional.of(CloseReason.DEVICE_REVOKED), out.closeReason());
            assertEquals("DEVICE_REVOKED!", goodbye(out));
        }
        assertEquals("DEVICE_UNKNOWN?", company.tryLogin("Ana", "Ana"));
        assertEquals("DEVICE_UNKNOWN?", company.tryLogin("Ana", "phone"));
        assertEquals("pong", company.ask(tablet, "ping {}"));
        assertEquals("pong", company.ask(bo, "ping {}"));
        assertEquals(
                "CODE_INVALID?",
                company.tryLogin(
                        server.connect(), "Ana", "thief", login -> login.setDeviceCode(code)));
    }

    @Test
    void aCodeThatARevokedDeviceMadeIsWorthNothing() {
        String code = company.request(phone, "create_device_code {}").getCode().getCode();
        assertEquals("done", revoke(desk, "phone"));
        assertEquals(
                "CODE_INVALID?",
                company.tryLogin(
                        server.connect(), "Ana", "thief", login -> login.setDeviceCode(code)));
    }

    @Test
    void whoRevokesThisDeviceHearsThatItIsDoneAndThenTheEnd() {
        company.forget(phone);
        assertEquals("done", revoke(phone, "phone"));
        assertEquals(
                List.of("done", "DEVICE_REVOKED!"),
                company.heard(phone).stream().map(Company::word).toList());
        assertEquals("DEVICE_UNKNOWN?", company.tryLogin("Ana", "phone"));
    }

    @Test
    void devicesOfOthersLookLikeNoneToAllButAdministrators() {
        assertEquals("NOT_FOUND?", revoke(bo, "phone"));
        assertEquals("NOT_FOUND?", revoke(bo, "never seen"));
        company.role("Bo", Role.MODERATOR);
        assertEquals("NOT_FOUND?", revoke(bo, "phone"));
        company.role("Bo", Role.ADMIN);
        assertEquals("NOT_FOUND?", revoke(bo, "never seen"));
        assertEquals("done", revoke(bo, "phone"));
        server.settle();
        assertEquals(Optional.of(CloseReason.DEVICE_REVOKED), phone.closeReason());
        assertEquals("pong", company.ask(desk, "ping {}"));
    }

    @Test
    void theListOfDevicesSaysWhichIsHereAndWhichIsThisOne() {
        company.further("Ana", "tablet").hangUp();
        TurnPeer lost = company.further("Ana", "lost");
        revoke(desk, "lost");
        server.settle();
        assertTrue(lost.closeReason().isPresent());
        List<Device> devices = devices(company.request(phone, "list_devices {}"));
        assertEquals(3, devices.size());
        assertEquals(List.of(true, true, false), devices.stream().map(Device::getOnline).toList());
        assertEquals(
                List.of(false, true, false), devices.stream().map(Device::getCurrent).toList());
        assertEquals("desk", devices.getFirst().getDeviceName());
        assertEquals("test", devices.getFirst().getClientName());
        assertEquals(server.clock.epochMillis(), devices.getFirst().getLastSeenMs());
        company.role("Bo", Role.ADMIN);
        String ofAna = "list_devices { user_id: " + company.id("Ana") + " }";
        List<Device> seen = devices(company.request(bo, ofAna));
        assertEquals(3, seen.size());
        assertTrue(seen.stream().noneMatch(Device::getCurrent));
        assertEquals("NOT_FOUND?", company.ask(bo, "list_devices { user_id: 99 }"));
    }

    // Codes
    // ---------------------------------------------------------------------------------------------

    @Test
    void aDeviceCodeSaysWhenItEndsAndANewOneReplacesIt() {
        Code first = company.request(desk, "create_device_code {}").getCode();
        assertEquals(server.clock.epochMillis() + 600_000, first.getExpiresMs());
        Code second = company.request(phone, "create_device_code {}").getCode();
        assertEquals(
                "CODE_INVALID?",
                company.tryLogin(
                        server.connect(),
                        "Ana",
                        "tablet",
                        login -> login.setDeviceCode(first.getCode())));
        company.login("Ana", "tablet", login -> login.setDeviceCode(second.getCode()));
        assertEquals(3, company.account("Ana").devices().size());
    }

    @Test
    void aRecoveryCodeDoesNotEndAndANewOneReplacesIt() {
        Code first = company.request(desk, "create_recovery_code {}").getCode();
        Code second = company.request(desk, "create_recovery_code {}").getCode();
        assertEquals(0, second.getExpiresMs());
        assertEquals(
                "CODE_INVALID?",
                company.tryLogin(
                        server.connect(),
                        "Ana",
                        "tablet",
                        login -> login.setRecoveryCode(first.getCode())));
        revoke(desk, "Ana");
        company.login("Ana", "tablet", login -> login.setRecoveryCode(second.getCode()));
    }

    @Test
    void aRecoveryCodeEndsWhenAnotherDeviceSignsOneOut() {
        Code code = company.request(phone, "create_recovery_code {}").getCode();
        company.ask(desk, "revoke_device { all_others: true }");
        assertEquals(
                "CODE_INVALID?",
                company.tryLogin(
                        server.connect(),
                        "Ana",
                        "tablet",
                        login -> login.setRecoveryCode(code.getCode())));
    }

    private void enterGeneral() {
        company.join(bo, "general");
        company.forget(bo);
        company.join(desk, "general");
        company.join(phone, "general");
    }

    private String deviceCode() {
        return server.register.deviceCodes().create(company.id("Ana"), server.clock.nanos());
    }

    private String revoke(TurnPeer by, String device) {
        byte[] id = Company.key(device).deviceId().bytes();
        return company.ask(by, "revoke_device { device_id: '" + Company.escaped(id) + "' }");
    }

    private String goodbye(TurnPeer peer) {
        return company.heard(peer).stream()
                .filter(ServerFrame::hasGoodbye)
                .map(Company::word)
                .findFirst()
                .orElse("");
    }

    private static List<Device> devices(ServerFrame answer) {
        return answer.getDevicePage().getDevicesList();
    }

    private static List<String> names(ServerFrame answer) {
        return answer.getPeoplePage().getPeopleList().stream().map(Person::getName).toList();
    }
}
