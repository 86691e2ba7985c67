package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
import localchat.server.account.AccountStore;
import org.jspecify.annotations.Nullable;

/// People and what was decided about them on disk, as [AccountSchema] made the tables. Runs on
/// whichever thread has the connection.
final class AccountTables {
    /// A role on disk, for ever; see [#number].
    static final int MEMBER = 1;

    private AccountTables() {}

    // Writing

    static void put(Sql sql, AccountRecord record) throws SQLException {
        switch (record) {
            case AccountRecord.Person person -> putPerson(sql, person);
            case AccountRecord.Name(UserName name, long userId, long sinceMillis) ->
                    sql.update(
                            "INSERT OR REPLACE INTO account_name (folded, name, user_id, since_ms)"
                                    + " VALUES (?, ?, ?, ?)",
                            name.folded(),
                            name.value(),
                            userId,
                            sinceMillis);
            case AccountRecord.Device device -> putDevice(sql, device);
            case AccountRecord.Invite invite -> putInvite(sql, invite);
            case AccountRecord.Ban(long userId, long until, String reason, long bannedBy) ->
                    sql.update(
                            "INSERT OR REPLACE INTO ban (user_id, until_ms, reason, banned_by)"
                                    + " VALUES (?, ?, ?, ?)",
                            userId,
                            until,
                            reason,
                            bannedBy);
            case AccountRecord.Mute(long userId, long roomId, long untilMillis) ->
                    sql.update(
                            "INSERT OR REPLACE INTO mute (user_id, room_id, until_ms)"
                                    + " VALUES (?, ?, ?)",
                            userId,
                            roomId,
                            untilMillis);
            case AccountRecord.Block(long userId, long blockedId) ->
                    sql.update(
                            "INSERT OR REPLACE INTO block (user_id, blocked_id) VALUES (?, ?)",
                            userId,
                            blockedId);
        }
    }

    private static void putPerson(Sql sql, AccountRecord.Person person) throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO person (user_id, name, role, first_device, recovery_code)"
                        + " VALUES (?, ?, ?, ?, ?)",
                person.userId(),
                person.name().value(),
                number(person.role()),
                person.firstDevice().bytes(),
                person.recoveryCode().map(Digest32::bytes).orElse(null));
    }

    private static void putDevice(Sql sql, AccountRecord.Device device) throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO account_device (device_id, user_id, device_name,"
                        + " client_name, first_seen_ms, last_seen_ms, revoked)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                device.deviceId().bytes(),
                device.userId(),
                device.deviceName(),
                device.clientName(),
                device.firstSeenMillis(),
                device.lastSeenMillis(),
                device.revoked() ? 1 : 0);
    }

    private static void putInvite(Sql sql, AccountRecord.Invite invite) throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO invite (invite_id, code, uses_left, expires_ms,"
                        + " created_by, created_ms, revoked) VALUES (?, ?, ?, ?, ?, ?, ?)",
                invite.id(),
                invite.code().bytes(),
                invite.usesLeft(),
                invite.expiresMillis(),
                invite.createdBy(),
                invite.createdMillis(),
                invite.revoked() ? 1 : 0);
    }

    static void remove(Sql sql, AccountKey key) throws SQLException {
        switch (key) {
            case AccountKey.Name(UserName name) ->
                    sql.update("DELETE FROM account_name WHERE folded = ?", name.folded());
            case AccountKey.Device(Digest32 deviceId) ->
                    sql.update("DELETE FROM account_device WHERE device_id = ?", deviceId.bytes());
            case AccountKey.Invite(String id) ->
                    sql.update("DELETE FROM invite WHERE invite_id = ?", id);
            case AccountKey.Ban(long userId) ->
                    sql.update("DELETE FROM ban WHERE user_id = ?", userId);
            case AccountKey.Mute(long userId, long roomId) ->
                    sql.update(
                            "DELETE FROM mute WHERE user_id = ? AND room_id = ?", userId, roomId);
            case AccountKey.Block(long userId, long blockedId) ->
                    sql.update(
                            "DELETE FROM block WHERE user_id = ? AND blocked_id = ?",
                            userId,
                            blockedId);
            case AccountKey.Person(long userId) -> removePerson(sql, userId);
        }
    }

    private static void removePerson(Sql sql, long userId) throws SQLException {
        sql.update("DELETE FROM person WHERE user_id = ?", userId);
        sql.update("DELETE FROM account_name WHERE user_id = ?", userId);
        sql.update("DELETE FROM account_device WHERE user_id = ?", userId);
        sql.update("DELETE FROM ban WHERE user_id = ?", userId);
        sql.update("DELETE FROM mute WHERE user_id = ?", userId);
        sql.update("DELETE FROM block WHERE user_id = ? OR blocked_id = ?", userId, userId);
    }

    /// The name belongs to the person, if it does not belong to another one already.
    static void giveName(Sql sql, long userId, UserName name) throws SQLException {
        sql.update(
                "INSERT OR IGNORE INTO account_name (folded, name, user_id, since_ms)"
                        + " VALUES (?, ?, ?, 0)",
                name.folded(),
                name.value(),
                userId);
    }

    // Reading

    /// One row.
    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /// Everything.
    ///
    /// @throws DamagedException when a row cannot have been written by this server
    static AccountStore.Kept all(Sql sql) throws SQLException {
        return new AccountStore.Kept(
                all(
                        sql,
                        "SELECT user_id, name, role, first_device, recovery_code FROM person"
                                + " ORDER BY user_id",
                        AccountTables::person),
                all(
                        sql,
                        "SELECT name, user_id, since_ms FROM account_name ORDER BY folded",
                        row ->
                                new AccountRecord.Name(
                                        name(row.getString(1)), row.getLong(2), row.getLong(3))),
                all(
                        sql,
                        "SELECT device_id, user_id, device_name, client_name, first_seen_ms,"
                                + " last_seen_ms, revoked FROM account_device ORDER BY device_id",
                        AccountTables::device),
                all(
                        sql,
                        "SELECT invite_id, code, uses_left, expires_ms, created_by, created_ms,"
                                + " revoked FROM invite ORDER BY invite_id",
                        AccountTables::invite),
                all(
                        sql,
                        "SELECT user_id, until_ms, reason, banned_by FROM ban ORDER BY user_id",
                        row ->
                                new AccountRecord.Ban(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getString(3),
                                        row.getLong(4))),
                all(
                        sql,
                        "SELECT user_id, room_id, until_ms FROM mute ORDER BY user_id, room_id",
                        row ->
                                new AccountRecord.Mute(
                                        row.getLong(1), row.getLong(2), row.getLong(3))),
                all(
                        sql,
                        "SELECT user_id, blocked_id FROM block ORDER BY user_id, blocked_id",
                        row -> new AccountRecord.Block(row.getLong(1), row.getLong(2))),
                Meta.adminCode(sql));
    }

    private static <T> List<T> all(Sql sql, String query, Row<T> made) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet row = sql.query(query)) {
            while (row.next()) {
                all.add(made.of(row));
            }
        }
        return all;
    }

    private static AccountRecord.Person person(ResultSet row) throws SQLException {
        byte @Nullable [] recovery = row.getBytes(5);
        return new AccountRecord.Person(
                row.getLong(1),
                name(row.getString(2)),
                role(row.getInt(3)),
                digest("a first device", row.getBytes(4)),
                recovery == null
                        ? Optional.empty()
                        : Optional.of(digest("a recovery code", recovery)));
    }

    private static AccountRecord.Device device(ResultSet row) throws SQLException {
        return new AccountRecord.Device(
                digest("a device", row.getBytes(1)),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7) != 0);
    }

    private static AccountRecord.Invite invite(ResultSet row) throws SQLException {
        return new AccountRecord.Invite(
                row.getString(1),
                digest("an invite", row.getBytes(2)),
                row.getInt(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7) != 0);
    }

    private static UserName name(String stored) throws DamagedException {
        try {
            return new UserName(stored);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("a person's name is none: " + e.getMessage());
        }
    }

    /// @param what in words, for the operator
    static Digest32 digest(String what, byte[] stored) throws DamagedException {
        if (stored.length != Digest32.BYTES) {
            throw new DamagedException(
                    "the digest of %s has %d bytes, not %d"
                            .formatted(what, stored.length, Digest32.BYTES));
        }
        return new Digest32(stored);
    }

    /// On disk for ever.
    private static int number(Role role) {
        return switch (role) {
            case MEMBER -> MEMBER;
            case MODERATOR -> 2;
            case ADMIN -> 3;
        };
    }

    private static Role role(int number) throws DamagedException {
        return switch (number) {
            case MEMBER -> Role.MEMBER;
            case 2 -> Role.MODERATOR;
            case 3 -> Role.ADMIN;
            default -> throw new DamagedException("there is no role " + number);
        };
    }
}
