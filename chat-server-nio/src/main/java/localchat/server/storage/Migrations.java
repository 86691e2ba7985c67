package localchat.server.storage;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/// Brings a database to the schema of this version, one numbered step after the other, each in a
/// transaction with the number that it makes the schema have: one that is interrupted has not
/// happened.
final class Migrations {
    /// From one schema to the next.
    @FunctionalInterface
    interface Step {
        void apply(Sql sql) throws SQLException;
    }

    /// The steps of this version: the first makes schema 1 of an empty database.
    static final List<Step> STEPS = List.of(Schema::create, AccountSchema::create);

    private Migrations() {}

    /// @param steps the schema's number is how many of them have been made
    /// @throws IOException when the database was made by a newer version; the message is one line
    ///   for a person
    static void run(Sql sql, List<Step> steps, StoragePoints points)
            throws SQLException, IOException {
        int schema = (int) sql.number(0, "PRAGMA user_version");
        if (schema > steps.size()) {
            throw new IOException(
                    ("the database has schema %d, this version of the server knows schemas up to"
                                    + " %d: start the newer version that made it, or restore an"
                                    + " older backup into another folder")
                            .formatted(schema, steps.size()));
        }
        for (int step = schema; step < steps.size(); step++) {
            sql.run("BEGIN IMMEDIATE");
            try {
                steps.get(step).apply(sql);
                points.at(StoragePoints.Point.MID_MIGRATION);
                sql.run("PRAGMA user_version = " + (step + 1));
                sql.run("COMMIT");
            } catch (SQLException | RuntimeException e) {
                sql.rollback();
                throw e;
            }
        }
    }
}
