/// Minutes of chat in milliseconds, from a seed: the server's own loop, connections, sessions and
/// rooms on a manual clock, with faked transports ([localchat.server.net.TurnPeer]), a faked
/// durable log ([SimulatedLog] over a [SimulatedStore] that survives crashes) and modelled clients
/// ([SimulatedClient]) that keep to PROTOCOL.md. One thread, no sleep, no randomness but the
/// seed's: a run that fails fails again. Afterwards everything is healed and
/// [localchat.server.oracle.Oracle] judges.
@NullMarked
package localchat.server.simulation;

import org.jspecify.annotations.NullMarked;
