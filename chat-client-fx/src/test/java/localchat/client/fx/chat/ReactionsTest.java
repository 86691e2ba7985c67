package localchat.client.fx.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.i18n.Texts;
import localchat.core.model.Emoji;
import org.junit.jupiter.api.Test;

final class ReactionsTest {
    private final Texts texts = Texts.of(Language.ENGLISH);

    @Test
    void writesSymbolsByTheirNamesAndTextAsItIs() {
        assertEquals(":rocket:", Reactions.spelled(new Emoji("🚀")));
        assertEquals("+1", Reactions.spelled(new Emoji("+1")));
        assertEquals("olé", Reactions.spelled(new Emoji("olé")));
    }

    @Test
    void namesWhoReactedAndCountsWhoIsNotKnown() {
        assertEquals("Ana, Bo and 2 more reacted with thumbs up", who(4, 1L, 2L, 3L));
        assertEquals("Ana reacted with thumbs up", who(1, 1L));
        assertEquals("3 people reacted with thumbs up", who(3, 9L));
    }

    private String who(int count, Long... ids) {
        MessageRow.Reaction reaction =
                new MessageRow.Reaction(new Emoji("👍"), count, false, List.of(ids));
        return Reactions.who(reaction, texts, id -> id == 1 ? "Ana" : id == 2 ? "Bo" : "");
    }
}
