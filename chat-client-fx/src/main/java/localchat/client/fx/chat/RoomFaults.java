package localchat.client.fx.chat;

import java.util.Optional;
import localchat.client.fx.i18n.Phrase;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;

/// What is wrong with a room's name, as a phrase that can be said in any language. Whether
/// something is wrong is decided by [RoomName]; here it only gets its words.
final class RoomFaults {
    private RoomFaults() {}

    static Optional<Phrase> ofName(String raw) {
        return RoomName.fault(raw).map(english -> phrase(raw.strip()));
    }

    private static Phrase phrase(String name) {
        if (name.isEmpty() || name.equals("#")) {
            return Phrase.of("fault.room.empty");
        }
        if (MessageText.utf8Length(name) > RoomName.BYTES_MAX) {
            return Phrase.of("fault.room.long");
        }
        return name.startsWith("/") || name.startsWith("##")
                ? Phrase.of("fault.room.start")
                : Phrase.of("fault.room.character");
    }
}
