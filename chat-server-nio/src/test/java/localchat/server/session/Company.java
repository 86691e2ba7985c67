package localchat.server.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import localchat.core.identity.DeviceKey;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.Presence;
import localchat.core.protocol.wire.PresenceChange;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.account.Account;
import localchat.server.net.TurnPeer;

/// People with roles and devices on a [TurnServer], and what they say and hear in short form: an
/// answer is its kind, `FORBIDDEN?` an error, `KICKED!` the end.
final class Company {
    private static final Map<String, DeviceKey> KEYS = new ConcurrentHashMap<>();

    final TurnServer server;
    private final Map<TurnPeer, List<ServerFrame>> heard = new HashMap<>();
    private int ids;

    Company() {
        this(false);
    }

    Company(boolean inviteNeeded) {
        server = new TurnServer(new Random(1), inviteNeeded);
    }

    /// The key of the device with this name.
    static DeviceKey key(String device) {
        return KEYS.computeIfAbsent(device, name -> DeviceKey.generate());
    }

    // Coming
    // ---------------------------------------------------------------------------------------------

    /// Somebody with the first device of this name.
    TurnPeer login(String name) {
        return login(name, name, login -> login);
    }

    TurnPeer login(String name, Role role) {
        TurnPeer peer = login(name);
        role(name, role);
        return peer;
    }

    /// A further device of somebody, by a code.
    TurnPeer further(String name, String device) {
        String code = server.register.deviceCodes().create(id(name), server.clock.nanos());
        return login(name, device, login -> login.setDeviceCode(code));
    }

    TurnPeer login(String name, String device, UnaryOperator<Login.Builder> with) {
        TurnPeer peer = server.connect();
        String answer = tryLogin(peer, name, device, with);
        if (!answer.equals("welcome")) {
            throw new AssertionError("the login was answered " + answer);
        }
        return peer;
    }

    /// What a login is answered.
    String tryLogin(String name, String device) {
        return tryLogin(server.connect(), name, device, login -> login);
    }

    String tryLogin(TurnPeer peer, String name, String device, UnaryOperator<Login.Builder> with) {
        Login.Builder login = Samples.login(server.hello(peer), name, key(device));
        return word(request(peer, ClientFrame.newBuilder().setLogin(with.apply(login))));
    }

    void role(String name, Role role) {
        Account account = account(name);
        server.register.accounts().role(account, role);
        server.people.onRole(account);
        server.settle();
    }

    Account account(String name) {
        return server.register.accounts().owner(new UserName(name)).orElseThrow();
    }

    long id(String name) {
        return account(name).userId();
    }

    // Asking
    // ---------------------------------------------------------------------------------------------

    /// The answer to a request, in short.
    String ask(TurnPeer peer, String request) {
        return word(request(peer, Samples.frame(request)));
    }

    /// The answer to a request; a post is answered by its event.
    ServerFrame request(TurnPeer peer, String request) {
        return request(peer, Samples.frame(request));
    }

    ServerFrame request(TurnPeer peer, ClientFrame.Builder frame) {
        long id = 5_000L + ids++;
        ByteString post = frame.getPost().getClientMsgId();
        peer.say(frame.setRequestId(id));
        server.settle();
        List<ServerFrame> all = collect(peer);
        return all.stream()
                .filter(answer ->
                        answer.getRequestId() == id
                                || (frame.hasPost()
                                        && answer.getEvent().getClientMsgId().equals(post)))
                .findFirst()
                .or(() -> all.stream().filter(ServerFrame::hasGoodbye).findFirst())
                .orElse(ServerFrame.getDefaultInstance());
    }

    static String word(ServerFrame answer) {
        return switch (answer.getKindCase()) {
            case KIND_NOT_SET -> Reaction.NOTHING;
            case ERROR -> answer.getError().getCode() + "?";
            case GOODBYE -> answer.getGoodbye().getReason() + "!";
            default -> answer.getKindCase().name().toLowerCase(Locale.ROOT);
        };
    }

    /// How a post is answered, in short.
    String post(TurnPeer peer, long room, String body) {
        return word(request(peer, postFrame(room, body)));
    }

    long say(TurnPeer peer, long room, String text) {
        ServerFrame answer = request(peer, postFrame(room, "message { text: '" + text + "' }"));
        if (!answer.hasEvent()) {
            throw new AssertionError("the post was answered " + answer);
        }
        return answer.getEvent().getSeq();
    }

    ClientFrame.Builder postFrame(long room, String body) {
        String id = HexFormat.of().toHexDigits(ids++) + "bbbbbbbb";
        return Samples.frame(
                "post { room_id: %d client_msg_id: '%s' flight: %d %s }"
                        .formatted(room, id, ids, body));
    }

    // Rooms
    // ----------------------------------------------------------------------------------------------

    long join(TurnPeer peer, String name) {
        return room(request(peer, "join_room { name: '" + name + "' }"));
    }

    long resume(TurnPeer peer, long room) {
        return room(request(peer, Samples.resume(room)));
    }

    /// A private room of this person and others, all of them in it.
    long den(TurnPeer owner, Map<String, TurnPeer> others) {
        List<Long> members = others.keySet().stream().map(this::id).toList();
        long den =
                room(
                        request(
                                owner,
                                "create_room { name: 'den' kind: ROOM_PRIVATE past_visible: true"
                                        + " member_user_ids: %s }".formatted(members)));
        others.values().forEach(other -> resume(other, den));
        return den;
    }

    long direct(TurnPeer peer, String other) {
        return room(request(peer, "open_direct { user_id: " + id(other) + " }"));
    }

    private static long room(ServerFrame answer) {
        if (!answer.hasRoomEntered()) {
            throw new AssertionError("no room was entered, but " + answer);
        }
        return answer.getRoomEntered().getRoom().getRoomId();
    }

    /// The private rooms that somebody is told of, of one kind.
    List<Room> rooms(TurnPeer peer, RoomKind kind) {
        return request(peer, "list_rooms {}").getRoomPage().getRoomsList().stream()
                .filter(room -> room.getKind() == kind)
                .toList();
    }

    // Hearing
    // ----------------------------------------------------------------------------------------------

    /// From here on this peer has heard nothing.
    void forget(TurnPeer... peers) {
        server.settle();
        for (TurnPeer peer : peers) {
            peer.hear();
            heard.remove(peer);
        }
    }

    /// All that came since the peer was made to forget, answers included.
    List<ServerFrame> heard(TurnPeer peer) {
        server.settle();
        collect(peer);
        return List.copyOf(heard.getOrDefault(peer, List.of()));
    }

    private List<ServerFrame> collect(TurnPeer peer) {
        List<ServerFrame> now = peer.hear();
        heard.computeIfAbsent(peer, none -> new ArrayList<>()).addAll(now);
        return now;
    }

    List<Event> events(TurnPeer peer) {
        return heard(peer).stream()
                .filter(ServerFrame::hasEvent)
                .map(ServerFrame::getEvent)
                .toList();
    }

    /// What a peer was told of people in a room: `CAME Ana 2`, the number of people there last.
    List<String> presence(TurnPeer peer, long room) {
        List<String> told = new ArrayList<>();
        for (ServerFrame frame : heard(peer)) {
            Presence presence = frame.getPresence();
            if (frame.hasPresence() && presence.getRoomId() == room) {
                for (PresenceChange change : presence.getChangesList()) {
                    told.add(
                            "%s %s %d"
                                    .formatted(
                                            change.getKind(),
                                            change.getPerson().getName(),
                                            presence.getOnline()));
                }
            }
        }
        return told;
    }

    /// The words of a text form of a frame, for bytes fields.
    static String escaped(byte[] bytes) {
        return TextFormat.escapeBytes(bytes);
    }
}
