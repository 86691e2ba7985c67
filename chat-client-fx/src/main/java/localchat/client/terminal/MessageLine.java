package localchat.client.terminal;

import java.util.List;
import localchat.core.model.UserName;

/// The parts of one message as it stands on the screen, every one of them safe to show.
///
/// @param time hours and minutes, or a mark that it has none yet
/// @param place the room and the message's number, each with a space behind; may be empty
/// @param action whether it was said with "/me"
/// @param quote what it replies to; empty for nothing
/// @param text its lines, at least one
/// @param isGone whether the text only says that there is none
/// @param isAddressed whether it speaks to the reader
/// @param remarks what happened to it later; may be empty
record MessageLine(
        String time,
        String place,
        UserName from,
        boolean action,
        String quote,
        List<String> text,
        boolean isGone,
        boolean isAddressed,
        String remarks) {
    /// Copies the list.
    MessageLine {
        text = List.copyOf(text);
    }
}
