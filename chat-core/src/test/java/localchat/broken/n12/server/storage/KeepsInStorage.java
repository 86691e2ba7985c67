package localchat.broken.n12.server.storage;

import java.sql.Connection;

record KeepsInStorage(Connection database) {}
