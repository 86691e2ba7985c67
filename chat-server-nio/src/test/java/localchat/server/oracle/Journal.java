package localchat.server.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;

/// What one client did and was told, in that order; nothing is ever taken back. In memory, and for
/// clients that may be killed also in a file with one line an entry, flushed at once:
///
/// ```
///   EPOCH <epoch>
///   SEND <id> <room> <body hash>
///   SEND <id> <room> <body hash> dependent
///   ACK <id> <room> <seq>
///   RECV <room> <seq> <id> <body hash>
/// ```
///
/// Ids and hashes are hexadecimal.
public final class Journal implements AutoCloseable {
    private static final String DEPENDENT = " dependent";

    private final String client;
    private final Optional<Writer> file;
    private final List<Entry> entries = new ArrayList<>();

    /// In memory alone.
    ///
    /// @param client names the client in what the [Oracle] finds
    public Journal(String client) {
        this(client, Optional.empty());
    }

    private Journal(String client, Optional<Writer> file) {
        this.client = client;
        this.file = file;
    }

    /// In a file too, behind what is there: a client that was killed and comes back goes on in the
    /// same journal.
    public static Journal inFile(String client, Path file) throws IOException {
        boolean begun = Files.exists(file);
        List<Entry> before = begun ? read(client, file).entries() : List.of();
        if (begun) {
            // A line that a kill cut is no entry: what comes next must not stand behind it.
            Files.write(file, before.stream().map(Journal::line).toList());
        }
        Writer writer =
                Files.newBufferedWriter(
                        file,
                        StandardCharsets.US_ASCII,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
        Journal journal = new Journal(client, Optional.of(writer));
        journal.entries.addAll(before);
        return journal;
    }

    /// What stands in a file. A last line without its end was cut by a kill and is no entry.
    ///
    /// @throws IOException when it cannot be read or a line is no entry
    public static Journal read(String client, Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        Journal journal = new Journal(client);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        for (String line : whole.lines().toList()) {
            journal.entries.add(entry(line));
        }
        return journal;
    }

    /// The name of the client.
    public String client() {
        return client;
    }

    /// All entries, in their order.
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// See [Entry.Sent]; not dependent.
    public void sent(MessageId id, long roomId, long bodyHash) {
        add(new Entry.Sent(id, roomId, bodyHash, false));
    }

    /// See [Entry.Sent]; dependent.
    public void sentDependent(MessageId id, long roomId, long bodyHash) {
        add(new Entry.Sent(id, roomId, bodyHash, true));
    }

    /// See [Entry.Acknowledged].
    public void acknowledged(MessageId id, long roomId, long seq) {
        add(new Entry.Acknowledged(id, roomId, seq));
    }

    /// See [Entry.Received].
    public void received(long roomId, long seq, MessageId id, long bodyHash) {
        add(new Entry.Received(roomId, seq, id, bodyHash));
    }

    /// See [Entry.Epoch].
    public void epoch(Id128 epoch) {
        add(new Entry.Epoch(epoch));
    }

    private void add(Entry entry) {
        entries.add(entry);
        if (file.isPresent()) {
            try {
                file.get().write(line(entry) + "\n");
                file.get().flush();
            } catch (IOException e) {
                throw new UncheckedIOException("the journal of " + client + " is lost", e);
            }
        }
    }

    private static String line(Entry entry) {
        HexFormat hex = HexFormat.of();
        return switch (entry) {
            case Entry.Epoch(Id128 epoch) -> "EPOCH " + epoch;
            case Entry.Sent(MessageId id, long room, long hash, boolean dependent) ->
                    "SEND "
                            + id
                            + " "
                            + room
                            + " "
                            + hex.toHexDigits(hash)
                            + (dependent ? DEPENDENT : "");
            case Entry.Acknowledged(MessageId id, long room, long seq) ->
                    "ACK " + id + " " + room + " " + seq;
            case Entry.Received(long room, long seq, MessageId id, long hash) ->
                    "RECV " + room + " " + seq + " " + id + " " + hex.toHexDigits(hash);
        };
    }

    private static Entry entry(String line) throws IOException {
        String[] words = line.split(" ", -1);
        try {
            return switch (words[0]) {
                case "EPOCH" -> new Entry.Epoch(id128(words[1]));
                case "SEND" ->
                        new Entry.Sent(
                                id(words[1]),
                                Long.parseLong(words[2]),
                                hash(words[3]),
                                line.endsWith(DEPENDENT));
                case "ACK" ->
                        new Entry.Acknowledged(
                                id(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
                case "RECV" ->
                        new Entry.Received(
                                Long.parseLong(words[1]),
                                Long.parseLong(words[2]),
                                id(words[3]),
                                hash(words[4]));
                default -> throw new IOException("no entry of a journal: " + line);
            };
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("no entry of a journal: " + line, e);
        }
    }

    private static MessageId id(String hex) {
        return new MessageId(id128(hex));
    }

    private static Id128 id128(String hex) {
        return Id128.of(HexFormat.of().parseHex(hex));
    }

    private static long hash(String hex) {
        return HexFormat.fromHexDigitsToLong(hex);
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
