package localchat.server.session;

import java.util.EnumMap;
import java.util.Map;
import localchat.core.model.ErrorCode;
import localchat.core.model.Role;
import localchat.core.protocol.wire.ClientFrame.KindCase;

/// What each request needs: the one table of it, which PROTOCOL.md shows too. What further depends
/// on whom or what a request is about is said where it is answered.
final class Permissions {
    /// What somebody has to be.
    enum Need {
        /// Nothing: it belongs to the login, or keeps a connection alive.
        NOTHING,
        /// Logged in.
        LOGIN,
        /// In the room that it names.
        ROOM,
        /// In the room that it names, and not muted there.
        VOICE,
        /// Moderator; in a room that it names, its owner will do.
        ORDER,
        /// Administrator.
        ADMIN
    }

    private static final Map<KindCase, Need> NEEDS = new EnumMap<>(KindCase.class);

    static {
        put(Need.NOTHING, KindCase.HELLO, KindCase.LOGIN, KindCase.PING, KindCase.PONG);
        put(Need.VOICE, KindCase.POST, KindCase.TYPING);
        put(
                Need.ROOM,
                KindCase.LEAVE_ROOM,
                KindCase.FETCH_HISTORY,
                KindCase.FETCH_EVENTS,
                KindCase.MARK_READ,
                KindCase.SET_ROOM);
        put(
                Need.LOGIN,
                KindCase.JOIN_ROOM,
                KindCase.RESUME,
                KindCase.LIST_ROOMS,
                KindCase.LIST_PEOPLE,
                KindCase.SET_PRESENCE,
                KindCase.CREATE_ROOM,
                KindCase.OPEN_DIRECT,
                KindCase.SEARCH,
                KindCase.CHANGE_NAME,
                KindCase.LIST_DEVICES,
                KindCase.REVOKE_DEVICE,
                KindCase.CREATE_DEVICE_CODE,
                KindCase.CREATE_RECOVERY_CODE,
                KindCase.BLOCK_PERSON,
                KindCase.KIND_NOT_SET);
        put(Need.ORDER, KindCase.KICK, KindCase.MUTE);
        put(
                Need.ADMIN,
                KindCase.BAN,
                KindCase.UNBAN,
                KindCase.SET_ROLE,
                KindCase.RELEASE_NAME,
                KindCase.CREATE_INVITE,
                KindCase.LIST_INVITES,
                KindCase.REVOKE_INVITE);
    }

    private Permissions() {}

    private static void put(Need need, KindCase... kinds) {
        for (KindCase kind : kinds) {
            NEEDS.put(kind, need);
        }
    }

    /// What this request needs.
    static Need of(KindCase kind) {
        Need need = NEEDS.get(kind);
        if (need == null) {
            throw new IllegalStateException("nobody said what " + kind + " needs");
        }
        return need;
    }

    /// That somebody with this role may ask for it at all.
    ///
    /// @throws RequestRefused with FORBIDDEN
    static void require(Role role, KindCase kind) throws RequestRefused {
        if (of(kind) == Need.ADMIN && role != Role.ADMIN) {
            throw new RequestRefused(ErrorCode.FORBIDDEN, "only administrators may do this");
        }
    }
}
