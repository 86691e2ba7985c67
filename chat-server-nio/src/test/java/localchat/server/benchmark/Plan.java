package localchat.server.benchmark;

import java.util.List;

/// How much is measured.
///
/// @param members of the rooms of throughput and latency
/// @param durableMembers of the rooms of the case durable
/// @param people of the case of many rooms, and as many rooms
/// @param slowMembers of the room with a slow reader
/// @param connections of the idle case
/// @param rounds of each case; the table has their medians
/// @param seconds measured of each run
/// @param warmUpSeconds under load before that
record Plan(
        List<Integer> members,
        List<Integer> durableMembers,
        int people,
        int slowMembers,
        int connections,
        int rounds,
        int seconds,
        int warmUpSeconds) {
    Plan {
        members = List.copyOf(members);
        durableMembers = List.copyOf(durableMembers);
    }
}
