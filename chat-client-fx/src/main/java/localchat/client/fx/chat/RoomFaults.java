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
        if (name.startsWith("/") || name.startsWith("##")) {
            return Phrase.of("fault.room.start");
        }
        return name.codePoints().anyMatch(RoomFaults::isOfNoName)
                ? Phrase.of("fault.room.character")
                : Phrase.of("fault.room.other");
    }

    /// A mark that is at fault alone may have been none on its letter.
    private static boolean isOfNoName(int point) {
        String alone = "(" + Character.toString(point) + ")";
        int type = Character.getType(point);
        boolean isMark =
                type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        return isMark ? !RoomName.isShowable(alone) : RoomName.fault(alone).isPresent();
    }
}
