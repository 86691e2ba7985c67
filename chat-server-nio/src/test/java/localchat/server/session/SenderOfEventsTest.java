package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.Post.BodyCase;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who said something, under which name and when, is said by the server alone, whatever a client
/// writes into its frame.
class SenderOfEventsTest {
    private final Company company = new Company();
    private final TurnServer server = company.server;
    private final TurnPeer ana = company.login("Ana");
    private final TurnPeer bo = company.login("Bo");
    private final long den = company.den(ana, Map.of("Bo", bo));

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BODY_NOT_SET")
    void theSenderIsWhoeverIsLoggedIn(BodyCase body) {
        company.login("Cy");
        long said = company.say(ana, den, "first");
        server.clock.pass(5_000_000_000L);
        company.forget(bo);
        ClientFrame.Builder frame = company.postFrame(den, text(body, said));
        frame.setUnknownFields(forged());
        frame.getPostBuilder().setUnknownFields(forged());
        assertEquals(body, frame.getPost().getBodyCase());
        long before = server.clock.epochMillis();
        Event answer = company.request(ana, frame).getEvent();
        Event told = company.events(bo).getFirst();
        assertEquals(answer, told);
        assertEquals(company.id("Ana"), told.getSenderUserId());
        assertEquals("Ana", told.getSenderName());
        assertEquals(before, told.getTimeMs());
        assertEquals(said + 1, told.getSeq());
        assertEquals(den, told.getRoomId());
        assertTrue(told.getUnknownFields().asMap().isEmpty());
    }

    /// A body of each kind, with somebody else's name wherever there is place for one.
    private String text(BodyCase body, long target) {
        return switch (body) {
            case MESSAGE -> "message { text: 'I am Bo' }";
            case EDIT -> "edit { target_seq: " + target + " text: 'x' }";
            case DELETE -> "delete { target_seq: " + target + " }";
            case REACTION -> "reaction { target_seq: " + target + " emoji: '+1' }";
            case TOPIC -> "topic { topic: 'x' }";
            case RENAME -> "rename { name: 'x' }";
            case PIN -> "pin { target_seq: " + target + " }";
            case MEMBERSHIP ->
                    "membership { user_id: %d user_name: 'Bo' change: ADDED }"
                            .formatted(company.id("Cy"));
            case BODY_NOT_SET -> "";
        };
    }

    /// What an event would say of its sender, in fields that no frame of a client has.
    private static UnknownFieldSet forged() {
        UnknownFieldSet.Field name =
                UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFromUtf8("Bo"))
                        .build();
        UnknownFieldSet.Field number = UnknownFieldSet.Field.newBuilder().addVarint(2).build();
        return UnknownFieldSet.newBuilder()
                .addField(104, number)
                .addField(105, name)
                .addField(103, number)
                .build();
    }

    @Test
    void everyKindOfPostIsTried() {
        EnumSet<BodyCase> tried = EnumSet.complementOf(EnumSet.of(BodyCase.BODY_NOT_SET));
        assertEquals(tried.size(), Post.getDescriptor().getOneofs().getFirst().getFieldCount());
    }

    @Test
    void theNameOfANewMemberIsTheOneTheServerKnows() {
        company.login("Cy");
        company.post(ana, den, text(BodyCase.MEMBERSHIP, 0));
        Event told = company.events(bo).getLast();
        assertEquals("Cy", told.getMembership().getUserName());
    }

    @Test
    void theTombstoneNamesWhoeverTookItAway() {
        long said = company.say(bo, den, "rude");
        company.post(ana, den, "delete { target_seq: " + said + " }");
        HistoryMessage buried = history().getFirst();
        assertEquals(company.id("Bo"), buried.getSenderUserId());
        assertEquals(company.id("Ana"), buried.getTombstone().getByUserId());
    }

    @Test
    void whatWasSaidKeepsTheNameOfItsTime() {
        company.say(ana, den, "as Ana");
        company.ask(ana, "change_name { name: 'Berta' }");
        company.say(ana, den, "as Berta");
        assertEquals(
                List.of("Ana", "Berta"),
                history().stream().map(HistoryMessage::getSenderName).toList());
        assertEquals(
                List.of(company.id("Berta")),
                history().stream().map(HistoryMessage::getSenderUserId).distinct().toList());
    }

    private List<HistoryMessage> history() {
        return company.request(bo, "fetch_history { room_id: " + den + " }")
                .getHistoryPage()
                .getMessagesList();
    }
}
