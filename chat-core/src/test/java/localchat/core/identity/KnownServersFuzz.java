package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import localchat.core.identity.KnownServers.KnownKey;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;

/// Any bytes as the file of known servers: they are a list or are refused with words that name the
/// file. Nothing that was known is lost when the list is written again.
///
/// Input: the file; for one that begins with `+`, what follows the first line of a good file.
public final class KnownServersFuzz {
    private static final String HEADER = "localchat-known-servers-v1\n";
    private static final ServerAddress ANOTHER = new ServerAddress("another.example", 1);
    private static final KnownKey KEY = new KnownKey(new Digest32(new byte[32]), true);

    private KnownServersFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        if (text.startsWith("+")) {
            text = HEADER + text.substring(1);
        }
        try (FuzzFolder folder = FuzzFolder.with(KnownServers.FILE_NAME, text)) {
            KnownServers known;
            try {
                known = KnownServers.in(folder.path());
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith(folder.file() + " is"), e.getMessage());
                assertTrue(e.getMessage().indexOf('\n') < 0, e.getMessage());
                return;
            }
            Map<ServerAddress, Optional<KnownKey>> before = new HashMap<>();
            Arrays.stream(text.split("\n", -1))
                    .skip(1)
                    .filter(line -> !line.isEmpty())
                    .map(line -> ServerAddress.parse(line.split(" ", -1)[0]))
                    .forEach(server -> before.put(server, known.find(server)));
            known.remember(ANOTHER, KEY);
            before.put(ANOTHER, Optional.of(KEY));
            KnownServers again = KnownServers.in(folder.path());
            before.forEach((server, key) -> {
                assertTrue(key.isPresent(), server + " was read over");
                assertEquals(key, again.find(server), server + " was lost");
                assertTrue(!key.get().verified() || again.isVerified(key.get().key()));
            });
        }
    }
}
