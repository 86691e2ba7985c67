package localchat.broken.n12.core.client;

import java.sql.Connection;

record BreaksByJdbc(Connection database) {}
