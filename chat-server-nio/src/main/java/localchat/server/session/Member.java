package localchat.server.session;

import java.util.HashMap;
import java.util.Map;
import localchat.core.model.Availability;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.Person;
import localchat.server.account.Source;
import localchat.server.room.Cursor;

/// What a logged-in session has: who it is, the rooms it is in, its allowance of posts.
final class Member {
    private final Digest32 device;
    private final Source source;
    private final RateLimit requestLimit;
    private final RateLimit postLimit;
    private final Map<Long, Cursor> cursors = HashMap.newHashMap(2);
    private final UnheardPosts unheardPosts = new UnheardPosts();
    private Person person;
    private Availability availability = Availability.ONLINE;
    private int postsInFlight;
    private int readingsInFlight;

    /// The highest flight of which a post was refused; posts of it and of earlier ones are refused
    /// too.
    private long refusedFlight = -1;

    Member(
            Person person,
            Digest32 device,
            Source source,
            RateLimit postLimit,
            RateLimit requestLimit) {
        this.requestLimit = requestLimit;
        this.person = person;
        this.device = device;
        this.source = source;
        this.postLimit = postLimit;
    }

    Person person() {
        return person;
    }

    void person(Person changed) {
        person = changed;
    }

    long userId() {
        return person.userId();
    }

    Digest32 device() {
        return device;
    }

    /// Where it comes from.
    Source source() {
        return source;
    }

    /// Whether this device is in use; the person may have others.
    Availability availability() {
        return availability;
    }

    void availability(Availability now) {
        availability = now;
    }

    RateLimit postLimit() {
        return postLimit;
    }

    /// The allowance of requests other than posts.
    RateLimit requestLimit() {
        return requestLimit;
    }

    /// Its posts whose events still wait for the connection.
    UnheardPosts unheardPosts() {
        return unheardPosts;
    }

    /// The cursors of the rooms it is in, by room id.
    Map<Long, Cursor> cursors() {
        return cursors;
    }

    /// The cursor in a room that it must be in.
    Cursor cursor(long roomId) throws RequestRefused {
        Cursor cursor = cursors.get(roomId);
        if (cursor == null) {
            throw new RequestRefused(ErrorCode.NOT_IN_ROOM, "enter the room first");
        }
        return cursor;
    }

    /// A post was handed to the log.
    ///
    /// @throws RequestRefused with BUSY when too many are undecided
    void beginPost() throws RequestRefused {
        if (postsInFlight >= SessionConfig.POSTS_IN_FLIGHT_MAX) {
            throw new RequestRefused(
                    ErrorCode.BUSY,
                    SessionConfig.POSTS_IN_FLIGHT_MAX + " posts wait to be stored already");
        }
        postsInFlight++;
    }

    /// A post that was begun is decided.
    void endPost() {
        postsInFlight--;
    }

    /// A request that reads from the store begins.
    ///
    /// @throws RequestRefused with BUSY when too many are unanswered
    void beginReading() throws RequestRefused {
        if (readingsInFlight >= SessionConfig.REQUESTS_IN_FLIGHT_MAX) {
            throw new RequestRefused(
                    ErrorCode.BUSY,
                    SessionConfig.REQUESTS_IN_FLIGHT_MAX + " requests wait for an answer already");
        }
        readingsInFlight++;
    }

    /// A request that was begun is answered.
    void endReading() {
        readingsInFlight--;
    }

    boolean isRefusedFlight(long flight) {
        return flight <= refusedFlight;
    }

    void refuseFlight(long flight) {
        refusedFlight = Math.max(refusedFlight, flight);
    }
}
