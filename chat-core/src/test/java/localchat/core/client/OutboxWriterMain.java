package localchat.core.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomKind;
import localchat.core.store.OutboxFile;

/// A program that is killed while it posts: 10,000 posts in batches of 1 to 50, and one line on its
/// output for each batch that is kept.
public final class OutboxWriterMain {
    static final Id128 SERVER = new Id128(1, 1);
    static final int POSTS = 10_000;

    private static final OutboxFile.Room ROOM =
            new OutboxFile.Room(new Id128(2, 2), 1, "general", RoomKind.PUBLIC);

    private OutboxWriterMain() {}

    static MessageId id(int number) {
        return new MessageId(new Id128(5, number));
    }

    static EventBody body(int number) {
        String text = (number + " ").repeat(1 + number % 300);
        return new EventBody.Message(new MessageText(text), 0, false);
    }

    public static void main(String[] arguments) throws Exception {
        SqliteOutbox outbox =
                new SqliteOutbox(OutboxFile.open(Path.of(arguments[0])), _ -> Optional.of(ROOM));
        outbox.turnTo(SERVER, List.of());
        int next = 0;
        for (int batch = 0; next < POSTS; batch++) {
            for (int i = 0; i <= batch * 7 % 50 && next < POSTS; i++) {
                outbox.add(new Outbox.Entry(id(next), 1, body(next)));
                next++;
            }
            if (outbox.commit().isPresent()) {
                throw new IllegalStateException("not kept");
            }
            System.out.println(next);
        }
    }
}
