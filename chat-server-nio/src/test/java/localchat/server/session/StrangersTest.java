package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import localchat.core.model.Role;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever is no member of a private room learns nothing of it, not even that it is there, whatever
/// role he has.
class StrangersTest {
    private static final long NOWHERE = 999;

    private final Company company = new Company();
    private final TurnServer server = company.server;
    private final TurnPeer ana = company.login("Ana");
    private final TurnPeer bo = company.login("Bo");
    private final TurnPeer cy = company.login("Cy");
    private final long den = company.den(ana, Map.of("Bo", bo));

    @ParameterizedTest
    @EnumSource
    void aPrivateRoomLooksLikeNone(Role role) {
        company.role("Cy", role);
        company.say(ana, den, "secret");
        for (String request :
                List.of(
                        "resume { room_id: %d epoch: '" + Samples.EPOCH + "' }",
                        "leave_room { room_id: %d }",
                        "fetch_history { room_id: %d }",
                        "fetch_history { room_id: %d around_seq: 1 }",
                        "fetch_events { room_id: %d from_seq: 1 }",
                        "mark_read { room_id: %d seq: 1 }",
                        "list_people { room_id: %d }",
                        "search { room_id: %d text: 'secret' }",
                        "set_room { room_id: %d retention_days: 1 }",
                        "typing { room_id: %d active: true }",
                        "kick { user_id: 1 room_id: %d }",
                        "mute { user_id: 1 room_id: %d duration_seconds: 9 }")) {
            assertEquals(answer(request, NOWHERE), answer(request, den), request);
        }
        for (String body :
                List.of(
                        "message { text: 'x' }",
                        "reaction { target_seq: 1 emoji: '+1' }",
                        "edit { target_seq: 1 text: 'x' }",
                        "delete { target_seq: 1 }",
                        "membership { user_id: 3 change: ADDED }")) {
            assertEquals(company.post(cy, NOWHERE, body), company.post(cy, den, body), body);
        }
    }

    private ServerFrame answer(String request, long room) {
        return company.request(cy, request.formatted(room)).toBuilder().setRequestId(0).build();
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfAPrivateRoomReachesAStranger(Role role) {
        company.role("Cy", role);
        company.join(cy, "general");
        company.forget(cy);
        company.post(ana, den, "rename { name: 'hideout' }");
        company.post(ana, den, "topic { topic: 'hideout' }");
        company.say(bo, den, "hideout");
        company.ask(bo, "typing { room_id: " + den + " active: true }");
        company.ask(bo, "change_name { name: 'Berta' }");
        server.pass(2);
        company.ask(cy, "list_rooms {}");
        company.ask(cy, "list_people {}");
        company.ask(cy, "join_room { name: 'hideout' }");
        for (ServerFrame frame : company.heard(cy)) {
            boolean isOwnRoom =
                    frame.hasRoomEntered() && frame.getRoomEntered().getRoom().getRoomId() != den;
            String bytes = new String(frame.toByteArray(), StandardCharsets.ISO_8859_1);
            assertFalse(!isOwnRoom && bytes.contains("hideout"), frame::toString);
            assertFalse(frame.getPresence().getRoomId() == den, frame::toString);
        }
    }
}
