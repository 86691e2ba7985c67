package localchat.core.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;

/// The keys of the servers that a profile was connected to, by address, in a file of its folder.
/// Any thread may call its methods; those that change it write the file before they return.
public final class KnownServers {
    /// Name of the file in a profile's folder.
    public static final String FILE_NAME = "known-servers";

    /// Addresses that are remembered; of further ones those not verified go first, oldest first.
    /// Reason: more than anybody meets.
    static final int SERVERS_MAX = 1_000;

    private static final String HEADER = "localchat-known-servers-v1";

    /// Longest file that is read, in bytes. Reason: all servers with the longest names.
    private static final int FILE_BYTES_MAX = 1024 * 1024;

    /// What is known of one address.
    ///
    /// @param verified whether the key came from a link, or was compared by the person
    public record KnownKey(Digest32 key, boolean verified) {}

    private final Path file;
    private final LinkedHashMap<ServerAddress, KnownKey> keys = new LinkedHashMap<>();

    private KnownServers(Path file) {
        this.file = file;
    }

    /// Those of a profile, whose folder this is. One object for a folder and process.
    ///
    /// @throws IOException when the file is there and cannot be read; the message is fit to be
    ///   shown. Nothing is guessed then: a server whose key is forgotten could be anybody.
    public static KnownServers in(Path folder) throws IOException {
        KnownServers known = new KnownServers(folder.resolve(FILE_NAME));
        if (Files.exists(known.file)) {
            known.read();
        }
        return known;
    }

    private void read() throws IOException {
        byte[] content = PrivateFile.read(file, FILE_BYTES_MAX);
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
        if (!lines[0].equals(HEADER)) {
            throw new IOException(file + " is not a list of known servers of Local Chat");
        }
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].isEmpty()) {
                readLine(lines[i], i + 1);
            }
        }
    }

    private void readLine(String line, int number) throws IOException {
        String[] words = line.split(" ", -1);
        try {
            if (words.length != 3 || !words[2].matches("verified|unverified")) {
                throw new IllegalArgumentException("not ADDRESS KEY verified|unverified");
            }
            keys.put(
                    ServerAddress.parse(words[0]),
                    new KnownKey(
                            new Digest32(HexFormat.of().parseHex(words[1])),
                            words[2].equals("verified")));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " is damaged in line " + number + ": " + e.getMessage(), e);
        }
    }

    /// What is known of an address.
    public synchronized Optional<KnownKey> find(ServerAddress server) {
        return Optional.ofNullable(keys.get(server));
    }

    /// Remembers the key of an address, in the place of what was known.
    ///
    /// @throws IOException when the file cannot be written; then it is remembered for as long as
    ///   the program runs
    public synchronized void remember(ServerAddress server, KnownKey key) throws IOException {
        if (key.equals(keys.get(server))) {
            return;
        }
        keys.remove(server);
        if (keys.size() >= SERVERS_MAX) {
            forgetOne();
        }
        keys.put(server, key);
        write();
    }

    private void forgetOne() {
        ServerAddress goes =
                keys.entrySet().stream()
                        .filter(entry -> !entry.getValue().verified())
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(keys.firstEntry().getKey());
        keys.remove(goes);
    }

    /// The person has compared the words of an address's key, and they were right: every address
    /// with that key is verified.
    ///
    /// @throws IOException as [#remember]
    public synchronized void verify(Digest32 key) throws IOException {
        keys.replaceAll(
                (server, known) -> known.key().equals(key) ? new KnownKey(key, true) : known);
        write();
    }

    /// Whether a person or a link has vouched for this key.
    public synchronized boolean isVerified(Digest32 key) {
        return keys.containsValue(new KnownKey(key, true));
    }

    /// Forgets an address, for a server that has a new key for a good reason.
    ///
    /// @return whether it was known
    /// @throws IOException as [#remember]
    public synchronized boolean forget(ServerAddress server) throws IOException {
        if (keys.remove(server) == null) {
            return false;
        }
        write();
        return true;
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        keys.forEach((server, known) ->
                text.append(server)
                        .append(' ')
                        .append(HexFormat.of().formatHex(known.key().bytes()))
                        .append(known.verified() ? " verified\n" : " unverified\n"));
        PrivateFile.write(
                file, text.toString().getBytes(StandardCharsets.UTF_8), PrivateFile.Witness.NONE);
    }
}
