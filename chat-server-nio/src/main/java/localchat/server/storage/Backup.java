package localchat.server.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import localchat.core.model.Id128;

/// One file that holds all that a server keeps.
public final class Backup {
    private Backup() {}

    /// Writes a backup, also while a server runs. It holds what was committed when it began.
    ///
    /// @param file where to; must not exist
    /// @throws IOException when it cannot be written; the message is one line for a person
    public static void write(Path dataFolder, Path file) throws IOException {
        Path database = DataFolder.databaseIn(dataFolder);
        if (!Files.exists(database)) {
            throw new IOException("there is no database in " + dataFolder);
        }
        if (Files.exists(file)) {
            throw new IOException(file + " is there already: name another file for the backup");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (Sql sql = Database.openReader(database)) {
            sql.run("PRAGMA query_only = 0");
            sql.update("VACUUM INTO ?", part.toString());
            sync(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            throw StoreOpening.unusable(database, e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// `VACUUM INTO` leaves that to whoever asked for it.
    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// Makes a data folder of a backup. Its history has a new epoch: clients that saw what came
    /// after the backup load everything anew.
    ///
    /// @param dataFolder must have no database; is made when it is not there
    /// @throws IOException when the backup is damaged or the folder cannot be used; the message is
    ///   one line for a person
    public static void restore(Path file, Path dataFolder) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no backup " + file);
        }
        try (DataFolder folder = DataFolder.open(dataFolder)) {
            if (Files.exists(folder.database())) {
                throw new IOException(
                        "there is a database in "
                                + folder.path()
                                + " already: restore into an empty folder");
            }
            NativeLibrary.load(folder.nativeLibraries());
            Path part = folder.path().resolve("chat.db.part");
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
            try {
                renew(part, file);
                sync(part);
                Files.deleteIfExists(folder.head());
                Files.move(part, folder.database(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private static void renew(Path copy, Path backup) throws IOException {
        try (Sql sql = Database.openForRestore(copy)) {
            if (sql.number(0, "PRAGMA application_id") != Schema.APPLICATION_ID) {
                throw new IOException(backup + " is no backup of this program");
            }
            try (ResultSet row = sql.query("PRAGMA integrity_check(1)")) {
                if (!row.next() || !"ok".equals(row.getString(1))) {
                    throw new IOException(
                            "the backup " + backup + " is damaged: restore another one");
                }
            }
            verifyEvents(sql, backup);
            sql.run("BEGIN IMMEDIATE");
            Meta.newEpoch(sql, Id128.random(new SecureRandom()));
            sql.run("COMMIT");
        } catch (SQLException e) {
            throw StoreOpening.unusable(backup, e);
        }
    }

    private static void verifyEvents(Sql sql, Path backup) throws IOException, SQLException {
        try (ResultSet row = sql.query("SELECT id, frame, crc FROM event")) {
            while (row.next()) {
                if (StoredFrame.crc(row.getLong(1), row.getBytes(2)) != row.getInt(3)) {
                    throw new IOException(
                            "the backup " + backup + " is damaged: restore another one");
                }
            }
        }
    }
}
