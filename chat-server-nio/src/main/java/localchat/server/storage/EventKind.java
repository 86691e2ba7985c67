package localchat.server.storage;

import localchat.core.model.EventBody;

/// What kind of event a row of the table holds. The numbers are on disk: they never change their
/// meaning.
final class EventKind {
    static final int MESSAGE = 1;
    static final int EDIT = 2;
    static final int DELETE = 3;
    static final int REACTION = 4;
    static final int TOPIC = 5;
    static final int RENAME = 6;
    static final int PIN = 7;
    static final int MEMBERSHIP = 8;
    static final int SETTINGS = 9;

    /// A tombstone where a message was.
    static final int GONE_MESSAGE = 10;

    /// A tombstone where an edit of such a message was.
    static final int GONE_EDIT = 11;

    static final int MODERATION = 12;

    private EventKind() {}

    /// The kind of something that can be posted.
    static int of(EventBody body) {
        return switch (body) {
            case EventBody.Message _ -> MESSAGE;
            case EventBody.Edit _ -> EDIT;
            case EventBody.Delete _ -> DELETE;
            case EventBody.Reaction _ -> REACTION;
            case EventBody.Topic _ -> TOPIC;
            case EventBody.Rename _ -> RENAME;
            case EventBody.Pin _ -> PIN;
            case EventBody.Membership _ -> MEMBERSHIP;
            case EventBody.Settings _ -> SETTINGS;
            case EventBody.Moderation _ -> MODERATION;
            case EventBody.Tombstone _, EventBody.Unknown _ ->
                    throw new IllegalArgumentException("nobody posts this: " + body);
        };
    }

    /// Seq of the event that an event is about; 0: none.
    static long target(EventBody body) {
        return switch (body) {
            case EventBody.Edit edit -> edit.targetSeq();
            case EventBody.Delete delete -> delete.targetSeq();
            case EventBody.Reaction reaction -> reaction.targetSeq();
            case EventBody.Pin pin -> pin.targetSeq();
            default -> 0;
        };
    }
}
