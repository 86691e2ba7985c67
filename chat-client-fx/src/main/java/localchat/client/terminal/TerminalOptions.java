package localchat.client.terminal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import localchat.core.client.Admittance;
import localchat.core.client.Profile;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;

/// What the command line asks for, every value checked.
///
/// @param trust how the server is to be known
/// @param roomId the room to talk in, in place of the one of the name: for a pipe in a private room
/// @param profile folder of the profile; empty for the one of the name
/// @param json one JSON object a line instead of plain text
/// @param follow stay after the end of input
/// @param history messages to print from before; empty for the mode's default
/// @param timeout longest wait for an acknowledgement while lines wait, above 0
/// @param onceKey the key of [OnceIds]; empty for random ids
/// @param admittance a code for the login
record TerminalOptions(
        ServerAddress server,
        TrustWish trust,
        UserName name,
        RoomName room,
        OptionalLong roomId,
        Optional<Path> profile,
        boolean json,
        boolean follow,
        OptionalLong history,
        Duration timeout,
        Optional<String> onceKey,
        Admittance admittance) {
    /// Longest wait for the first connection, however long `timeout` is. Reason: on one network a
    /// server that says nothing for so long is not there.
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    /// Where the profile lies.
    Path profileFolder() {
        return profile.orElseGet(() -> Profile.defaultFolder(name));
    }

    /// Longest wait for one connection with its login.
    Duration connectTimeout() {
        return timeout.compareTo(CONNECT_MAX) < 0 ? timeout : CONNECT_MAX;
    }

    /// [#timeout] in seconds, for a person.
    String timeoutInSeconds() {
        long millis = timeout.toMillis();
        return millis % 1_000 == 0 ? Long.toString(millis / 1_000) : Double.toString(millis / 1e3);
    }

    /// Whether this is for a person at a terminal, if standard input and output are one.
    boolean suitsPerson() {
        return !json && onceKey.isEmpty();
    }
}
