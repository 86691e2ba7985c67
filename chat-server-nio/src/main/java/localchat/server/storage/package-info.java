/// Where events are kept, behind the port [localchat.server.room.MessageLog]. A neighbour: imports
/// `room`'s ports and values and `core`, no other neighbour.
package localchat.server.storage;
