package localchat.server.session;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import localchat.server.account.Admissions;
import localchat.server.account.Register;
import localchat.server.counters.Counters;
import localchat.server.room.Directory;
import localchat.server.room.MessageLog;
import localchat.server.room.Rooms;

/// What every session works with.
///
/// @param allowed how often one person may do what costs others something
/// @param log tells the operator who came and went
/// @param random source of nonces; strong
/// @param clockNanos the loop's monotonic clock
/// @param epochMillis the server's clock, milliseconds since 1970-01-01T00:00:00Z
public record SessionServices(
        SessionConfig config,
        Rooms rooms,
        Register register,
        Admissions admissions,
        AuditTrail audit,
        Allowed allowed,
        People people,
        RoomNews news,
        RoomChanges changes,
        MessageLog messageLog,
        Directory directory,
        ProofCheck proofCheck,
        SessionLog log,
        Counters counters,
        RandomGenerator random,
        LongSupplier clockNanos,
        LongSupplier epochMillis) {}
