package localchat.client.fx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import localchat.client.fx.login.Destination;
import localchat.core.client.ChatSession;
import localchat.core.client.Profile;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileSessionsTest {
    private static final Destination SERVER =
            new Destination(new ServerAddress("localhost", 7667), Optional.empty());

    @TempDir private Path folder;

    @Test
    void waitsUntilTheSessionLetsGoOfItsProfile() throws IOException, InterruptedException {
        ProfileSessions sessions = new ProfileSessions(Optional.of(folder), true);
        assertTrue(sessions.awaitRelease(Duration.ZERO), "there is none");
        ChatSession session = sessions.open(SERVER, new UserName("Ana"), event -> {});
        assertFalse(sessions.awaitRelease(Duration.ZERO));
        session.close();
        assertTrue(sessions.awaitRelease(Duration.ofSeconds(20)));
        Profile.open(folder).close();
    }
}
