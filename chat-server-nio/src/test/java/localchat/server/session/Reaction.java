package localchat.server.session;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;

/// What a server did about a frame, in the short form of the tables: `pong` an answer of that kind,
/// `NOT_NOW?` an error of that code, `WRONG_STATE!` the connection's end for that reason, `-`
/// nothing. What a server says without being asked is left out.
final class Reaction {
    static final String NOTHING = "-";

    private Reaction() {}

    /// What this peer heard about its request since it last listened. An answer that has not the
    /// request's id is marked with `#`.
    static String of(TurnPeer peer, long requestId) {
        List<ServerFrame> heard = peer.hear();
        String all =
                heard.stream()
                        .map(frame -> word(frame, requestId))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" "));
        return all.isEmpty() ? NOTHING : all;
    }

    private static Optional<String> word(ServerFrame frame, long requestId) {
        if (frame.hasReadMarker() && frame.getRequestId() == 0) {
            return Optional.empty();
        }
        String mark = frame.getRequestId() == requestId ? "" : "#";
        return switch (frame.getKindCase()) {
            case PRESENCE, TYPING_NOTICE, ROOM_CHANGED, PING -> Optional.empty();
            case GOODBYE -> Optional.of(frame.getGoodbye().getReason() + "!");
            case ERROR -> Optional.of(frame.getError().getCode() + "?" + mark);
            case EVENT -> Optional.of(frame.getRequestId() == 0 ? "event" : "event#");
            default -> Optional.of(frame.getKindCase().name().toLowerCase(Locale.ROOT) + mark);
        };
    }

    /// Whether the connection ends by it.
    static boolean isEnd(String reaction) {
        return reaction.endsWith("!");
    }
}
