package localchat.server.torture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// What a [Load] is made of.
///
/// @param server where it connects, before and after every restart
/// @param prefix begins the names of its clients
/// @param clients how many there are
/// @param rooms public rooms; every client is in all of them
/// @param reconnectMillisMax longest wait before another attempt to connect; a random part of it is
///   waited, as PROTOCOL.md asks
/// @param receiveBufferBytes SO_RCVBUF of the clients; 0: the platform's
/// @param local address that the clients connect from; empty: the platform's choice
/// @param seed of texts, waits and whose turn it is
record LoadPlan(
        InetSocketAddress server,
        String prefix,
        int clients,
        List<String> rooms,
        int reconnectMillisMax,
        int receiveBufferBytes,
        Optional<InetAddress> local,
        long seed) {
    /// Copies the list.
    LoadPlan {
        rooms = List.copyOf(rooms);
    }

    /// 20 clients in two rooms that come back quickly.
    static LoadPlan standard(InetSocketAddress server, long seed) {
        return new LoadPlan(
                server,
                "client",
                20,
                List.of("general", "workshop"),
                300,
                0,
                Optional.empty(),
                seed);
    }

    LoadPlan withClients(int number) {
        return new LoadPlan(
                server, prefix, number, rooms, reconnectMillisMax, receiveBufferBytes, local, seed);
    }

    LoadPlan withPrefix(String other) {
        return new LoadPlan(
                server, other, clients, rooms, reconnectMillisMax, receiveBufferBytes, local, seed);
    }

    LoadPlan withRooms(String... others) {
        return new LoadPlan(
                server,
                prefix,
                clients,
                List.of(others),
                reconnectMillisMax,
                receiveBufferBytes,
                local,
                seed);
    }

    LoadPlan withReconnectMillisMax(int millis) {
        return new LoadPlan(
                server, prefix, clients, rooms, millis, receiveBufferBytes, local, seed);
    }

    LoadPlan withReceiveBufferBytes(int bytes) {
        return new LoadPlan(server, prefix, clients, rooms, reconnectMillisMax, bytes, local, seed);
    }

    LoadPlan from(InetAddress address) {
        return new LoadPlan(
                server,
                prefix,
                clients,
                rooms,
                reconnectMillisMax,
                receiveBufferBytes,
                Optional.of(address),
                seed);
    }
}
