package localchat.broken.n12.server.room;

import javax.sql.DataSource;

record BreaksByDataSource(DataSource database) {}
