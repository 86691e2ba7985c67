package localchat.server.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import com.google.protobuf.UnknownFieldSet;
import localchat.core.identity.DeviceKey;
import localchat.core.model.Digest32;
import localchat.core.model.Id128;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Login;

/// One frame of each kind as a client may send it, for the room 1, which is `general`, and a server
/// of [TurnServer].
final class Samples {
    /// As the fake log names its history.
    static final String EPOCH = TextFormat.escapeBytes(new Id128(11, 12).bytes());

    /// Number of a field that [ClientFrame] does not have.
    private static final int UNKNOWN_KIND = 1_000;

    private Samples() {}

    /// For [KindCase#KIND_NOT_SET] one of a kind that is not in the schema.
    static ClientFrame.Builder of(KindCase kind) {
        return kind == KindCase.KIND_NOT_SET ? unknownKind() : frame(text(kind));
    }

    private static ClientFrame.Builder unknownKind() {
        UnknownFieldSet.Field something =
                UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.EMPTY).build();
        return ClientFrame.newBuilder()
                .setUnknownFields(
                        UnknownFieldSet.newBuilder().addField(UNKNOWN_KIND, something).build());
    }

    /// A frame in the text form of Protocol Buffers.
    static ClientFrame.Builder frame(String text) {
        ClientFrame.Builder frame = ClientFrame.newBuilder();
        try {
            TextFormat.merge(text, frame);
        } catch (TextFormat.ParseException e) {
            throw new AssertionError(text, e);
        }
        return frame;
    }

    /// The answer to this challenge.
    static Login.Builder login(Challenge challenge, String name, DeviceKey key) {
        byte[] signature =
                key.proveLogin(
                        new Digest32(challenge.getServerKeyHash().toByteArray()),
                        challenge.getNonce().toByteArray());
        return Login.newBuilder()
                .setDevicePublicKey(ByteString.copyFrom(key.rawPublicKey()))
                .setSignature(ByteString.copyFrom(signature))
                .setUserName(name)
                .setDeviceName("desk");
    }

    private static String text(KindCase kind) {
        return switch (kind) {
            case HELLO -> "hello { protocol_version: 1 client_name: 'test' }";
            case LOGIN -> "login { user_name: 'Ana' device_name: 'desk' }";
            case PING -> "ping { token: 7 }";
            case PONG -> "pong { token: 1 }";
            case POST ->
                    "post { room_id: 1 client_msg_id: 'aaaaaaaaaaaaaaaa' flight: 1"
                            + " message { text: 'hello' } }";
            case JOIN_ROOM -> "join_room { name: 'general' }";
            case RESUME -> "resume { room_id: 1 epoch: '" + EPOCH + "' after_seq: 0 }";
            case LEAVE_ROOM -> "leave_room { room_id: 1 }";
            case LIST_ROOMS -> "list_rooms { page_token: 'na' limit: 10 }";
            case LIST_PEOPLE -> "list_people { room_id: 1 page_token: 'a' limit: 10 }";
            case FETCH_HISTORY -> "fetch_history { room_id: 1 before_seq: 21 limit: 50 }";
            case FETCH_EVENTS -> "fetch_events { room_id: 1 from_seq: 1 to_seq: 9 }";
            case MARK_READ -> "mark_read { room_id: 1 seq: 0 }";
            case TYPING -> "typing { room_id: 1 active: true }";
            case SET_PRESENCE -> "set_presence { availability: AWAY }";
            case CREATE_ROOM ->
                    "create_room { name: 'den' kind: ROOM_PRIVATE member_user_ids: [1, 2] }";
            case OPEN_DIRECT -> "open_direct { user_id: 1 }";
            case SET_ROOM -> "set_room { room_id: 1 retention_days: 30 }";
            case SEARCH -> "search { room_id: 1 text: 'lunch' }";
            case CHANGE_NAME -> "change_name { name: 'Anna' }";
            case LIST_DEVICES -> "list_devices {}";
            case REVOKE_DEVICE -> "revoke_device { all_others: true }";
            case CREATE_DEVICE_CODE -> "create_device_code {}";
            case CREATE_RECOVERY_CODE -> "create_recovery_code {}";
            case BLOCK_PERSON -> "block_person { user_id: 1 }";
            case KICK -> "kick { user_id: 1 reason: 'noise' }";
            case MUTE -> "mute { user_id: 1 duration_seconds: 60 }";
            case BAN -> "ban { user_id: 1 }";
            case UNBAN -> "unban { user_id: 1 }";
            case SET_ROLE -> "set_role { user_id: 1 role: ROLE_ADMIN }";
            case RELEASE_NAME -> "release_name { name: 'Bo' }";
            case CREATE_INVITE -> "create_invite { uses: 1 }";
            case LIST_INVITES -> "list_invites {}";
            case REVOKE_INVITE -> "revoke_invite { invite_id: 'i' }";
            case KIND_NOT_SET -> throw new AssertionError("has no text");
        };
    }

    /// Enters a room by its id, from its first event on.
    static ClientFrame.Builder resume(long roomId) {
        return frame("resume { room_id: %d epoch: '%s' after_seq: 0 }".formatted(roomId, EPOCH));
    }
}
