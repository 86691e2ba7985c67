package localchat.server.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.ErrorCode;
import localchat.server.room.Room;
import localchat.server.room.Rooms;

/// The rooms that one person may see, page by page: the person's private rooms and direct messages
/// in ascending id, then the public ones in order of name. Runs on the loop thread.
///
/// A page token is `p` and the id of the last private room given, or `n` and the folded name of the
/// last public one.
final class RoomListing {
    private final Rooms rooms;
    private final long userId;

    /// @param nextToken "" on the last page
    record Page(List<Room> rooms, String nextToken) {
        Page {
            rooms = List.copyOf(rooms);
        }
    }

    RoomListing(Rooms rooms, long userId) {
        this.rooms = rooms;
        this.userId = userId;
    }

    /// @param limit at most so many rooms, above 0
    Page page(String token, int limit) throws RequestRefused {
        List<Room> found = new ArrayList<>();
        Optional<String> afterName = Optional.empty();
        if (token.startsWith("n")) {
            afterName = Optional.of(token.substring(1));
        } else {
            long afterId = token.isEmpty() ? 0 : id(token);
            rooms.ofMember(userId).stream()
                    .filter(room -> room.id() > afterId)
                    .limit(limit)
                    .forEach(found::add);
            if (found.size() == limit) {
                return new Page(found, "p" + found.getLast().id());
            }
        }
        found.addAll(rooms.list(afterName, limit - found.size()));
        return new Page(found, found.size() == limit ? "n" + found.getLast().name().folded() : "");
    }

    private static long id(String token) throws RequestRefused {
        String digits = token.substring(1);
        if (!token.startsWith("p") || !digits.matches("[0-9]{1,18}")) {
            throw new RequestRefused(ErrorCode.INVALID, "page_token is none of this server's");
        }
        return Long.parseLong(digits);
    }
}
