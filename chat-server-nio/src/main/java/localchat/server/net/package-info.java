/// Connections: sockets, frames in, bytes out. Belongs to the loop thread. Imports `loop`,
/// `counters`, `core` and `room`'s [localchat.server.room.Recipient] and
/// [localchat.server.room.Cursor]; hands whole frames to its port
/// [localchat.server.net.ConnectionListener] and knows nothing of what they mean.
package localchat.server.net;
