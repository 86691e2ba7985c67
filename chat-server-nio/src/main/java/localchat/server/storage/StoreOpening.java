package localchat.server.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Id128;
import localchat.server.account.AccountStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the database of a data folder and reads what must be known at the start. Runs on the
/// thread that starts the server.
final class StoreOpening {
    private static final Logger LOG = LoggerFactory.getLogger(StoreOpening.class);

    /// Room ids reserved at once.
    static final int ROOM_IDS = 256;

    /// User ids reserved at once. Reason: so many newcomers at a time are more than a minute's.
    static final int USER_IDS = 10_000;

    private StoreOpening() {}

    /// An open database and what was read from it.
    ///
    /// @param nextRoomId the first of [#ROOM_IDS] ids that are reserved
    /// @param nextUserId the first of [#USER_IDS] ids that are reserved
    record Opened(
            Sql sql,
            Id128 serverId,
            Id128 epoch,
            long nextRoomId,
            long nextUserId,
            List<RoomRecord> rooms,
            AccountStore.Kept accounts) {}

    /// @throws IOException when it cannot be used; the message is one line for a person
    static Opened open(
            DataFolder folder,
            Durability durability,
            List<Migrations.Step> steps,
            StoragePoints points)
            throws IOException {
        NativeLibrary.load(folder.nativeLibraries());
        Sql sql = null;
        try {
            sql = Database.openWriter(folder.database(), durability);
            Migrations.run(sql, steps, points);
            syncFolder(folder.path());
            Opened opened = read(sql, HeadFile.read(folder.head()));
            sql = null;
            return opened;
        } catch (SQLException e) {
            throw unusable(folder.database(), e);
        } catch (IllegalArgumentException e) {
            throw unusable(folder.database(), new DamagedException(String.valueOf(e.getMessage())));
        } finally {
            if (sql != null) {
                closeQuietly(sql);
            }
        }
    }

    /// A new file is lost with its folder's entry, whatever was synced into it.
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows has no such thing.
            LOG.debug("the folder cannot be synced error={}", e.getMessage());
        }
    }

    private static Opened read(Sql sql, Optional<HeadFile.Head> head) throws SQLException {
        sql.run("BEGIN IMMEDIATE");
        try {
            name(sql, head);
            long nextRoomId = Meta.number(sql, Meta.NEXT_ROOM_ID, 1);
            long nextUserId = Meta.number(sql, Meta.NEXT_USER_ID, 1);
            Meta.put(sql, Meta.NEXT_ROOM_ID, nextRoomId + ROOM_IDS);
            Meta.put(sql, Meta.NEXT_USER_ID, nextUserId + USER_IDS);
            Opened opened =
                    new Opened(
                            sql,
                            Meta.serverId(sql),
                            Meta.epoch(sql),
                            nextRoomId,
                            nextUserId,
                            DirectoryTables.rooms(sql),
                            AccountTables.all(sql));
            sql.run("COMMIT");
            return opened;
        } catch (SQLException | RuntimeException e) {
            sql.rollback();
            throw e;
        }
    }

    private static void name(Sql sql, Optional<HeadFile.Head> head) throws SQLException {
        SecureRandom random = new SecureRandom();
        if (!Meta.isNamed(sql)) {
            Meta.serverId(sql, Id128.random(random));
            Meta.epoch(sql, Id128.random(random));
            return;
        }
        long total = Meta.eventsTotal(sql);
        Id128 epoch = Meta.epoch(sql);
        boolean continues =
                head.map(known -> known.epoch().equals(epoch) && known.eventsTotal() <= total)
                        .orElse(true);
        if (!continues) {
            Id128 next = Id128.random(random);
            Meta.newEpoch(sql, next);
            LOG.warn(
                    "the database does not go on where this server was: its end is lost, or another"
                            + " copy was put in its place. A new epoch begins and clients load what"
                            + " is here anew events_before={} events_now={} epoch={}",
                    head.orElseThrow().eventsTotal(),
                    total,
                    next);
        }
    }

    static void closeQuietly(Sql sql) {
        try {
            sql.close();
        } catch (SQLException e) {
            LOG.debug("closing a database that does not open failed error={}", e.getMessage());
        }
    }

    /// What a person reads who cannot start a server.
    static IOException unusable(Path database, SQLException e) {
        String why =
                switch (StorageFault.of(e, true)) {
                    case FULL -> "the disk is full; make space and start again";
                    case LOCKED -> "another program holds a lock on it; end that program";
                    case READ_ONLY -> "it is read-only for this user";
                    case DAMAGED -> "it is damaged; restore a backup into another folder";
                    case FAILED, SYNC_FAILED -> "the disk or its permissions refuse";
                };
        return new IOException(
                "the database %s cannot be used: %s (%s)".formatted(database, why, e.getMessage()),
                e);
    }
}
