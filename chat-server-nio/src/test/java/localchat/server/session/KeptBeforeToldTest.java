package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import localchat.core.model.Role;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people will rely on is told once it is on disk.
class KeptBeforeToldTest {
    private final Company company = new Company();
    private final TurnServer server = company.server;
    private final TurnPeer adam = company.login("Adam", Role.ADMIN);
    private final TurnPeer ana = company.login("Ana");

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create_recovery_code {}", "create_invite { uses: 1 }"})
    void aCodeThatPeopleWriteDownIsToldOnceItIsOnDisk(String request) {
        server.accounts.holdWriting();
        adam.say(Samples.frame(request).setRequestId(9));
        server.settle();
        assertTrue(company.heard(adam).stream().noneMatch(ServerFrame::hasCode));
        server.accounts.write();
        server.settle();
        ServerFrame told =
                company.heard(adam).stream().filter(ServerFrame::hasCode).findFirst().orElseThrow();
        assertEquals(9, told.getRequestId());
        String kept = server.accounts.written().toString();
        assertTrue(!kept.contains(told.getCode().getCode()), kept);
    }

    @Test
    void noMoreCodesWaitToBeKeptThanRequestsMayBeInFlight() {
        server.accounts.holdWriting();
        for (int i = 0; i < SessionConfig.REQUESTS_IN_FLIGHT_MAX; i++) {
            assertEquals(Reaction.NOTHING, company.ask(ana, "create_recovery_code {}"));
        }
        assertEquals("BUSY?", company.ask(ana, "create_recovery_code {}"));
        company.forget(ana);
        server.accounts.write();
        assertEquals(SessionConfig.REQUESTS_IN_FLIGHT_MAX, company.heard(ana).size());
        assertEquals("code", company.ask(ana, "create_recovery_code {}"));
    }

    @Test
    void nobodyAddsByAWishToWhatWaitsTooLongButOrderIsKept() {
        server.accounts.behind(true);
        long adams = company.id("Adam");
        for (String unblock : List.of("", "unblock: true")) {
            String block = "block_person { user_id: %d %s }".formatted(adams, unblock);
            assertEquals("BUSY?", company.ask(ana, block));
        }
        assertEquals("BUSY?", company.ask(ana, "change_name { name: 'Berta' }"));
        assertEquals("done", company.ask(ana, "change_name { name: 'Ana' }"));
        assertEquals("BUSY?", company.tryLogin("Newby", "Newby"));
        assertEquals("device_page", company.ask(ana, "list_devices {}"));
        String ban = "ban { user_id: " + company.id("Ana") + " }";
        assertEquals("done", company.ask(adam, ban));
        assertEquals("DEVICE_BANNED?", company.tryLogin("Ana", "Ana"));
        server.accounts.behind(false);
        assertEquals("welcome", company.tryLogin("Newby", "Newby"));
    }
}
