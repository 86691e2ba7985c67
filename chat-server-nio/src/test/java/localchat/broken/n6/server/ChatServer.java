package localchat.broken.n6.server;

import localchat.broken.n6.server.room.Room;
import localchat.broken.n6.server.storage.Log;

record ChatServer(Room room, Log log, KeepsInsideChatServer inside) {
    record KeepsInsideChatServer(Room room, Log log) {}
}
