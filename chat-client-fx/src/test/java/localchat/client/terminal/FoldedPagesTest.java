package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomTopic;
import org.junit.jupiter.api.Test;

class FoldedPagesTest {
    private final FoldedPages pages = new FoldedPages();

    private static RoomEvent event(long seq, EventBody body) {
        return new RoomEvent(
                FakeSession.ROOM_ID,
                seq,
                0,
                2,
                FakeSession.BOB.name(),
                new MessageId(new Id128(0, seq)),
                body);
    }

    private boolean isNews(long seq, long target) {
        return pages.isNews(event(seq, new EventBody.Edit(target, new MessageText("x"))));
    }

    @Test
    void knowsWhatEachPageHadFoldedIn() {
        pages.shown(5, 9, 20);
        pages.shown(10, 14, 30);
        assertEquals(false, isNews(20, 5));
        assertEquals(true, isNews(21, 5));
        assertEquals(true, isNews(21, 9));
        assertEquals(false, isNews(30, 10));
        assertEquals(true, isNews(31, 14));
    }

    @Test
    void takesEverythingAboutOtherMessagesForNews() {
        assertEquals(true, isNews(1, 1));
        pages.shown(5, 9, 20);
        assertEquals(true, isNews(12, 4));
        assertEquals(true, isNews(12, 10));
        assertEquals(true, pages.isNews(event(12, new EventBody.Topic(RoomTopic.NONE))));
    }

    @Test
    void joinsPagesThatAreTrueAsOfTheSame() {
        pages.shown(5, 9, 20);
        pages.shown(10, 14, 20);
        assertEquals(false, isNews(20, 5));
        assertEquals(false, isNews(20, 14));
        assertEquals(true, isNews(21, 9));
    }
}
