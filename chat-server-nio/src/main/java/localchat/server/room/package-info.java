/// Rooms, who is in them, and the broadcast: each room's newest events lie encoded in one log, each
/// member holds a cursor into it. Pure Java without I/O; belongs to the loop thread. Imports
/// `core`, `counters`; never `net`, `session` or `loop`.
package localchat.server.room;
