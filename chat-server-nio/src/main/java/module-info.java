import org.jspecify.annotations.NullMarked;

/// The server: one thread, one Selector, frames in and out.
@NullMarked
module localchat.server {
    requires static org.jspecify;
    requires com.google.protobuf;
    requires com.google.zxing;
    requires localchat.core;
    requires info.picocli;
    requires net.harawata.appdirs;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;

    exports localchat.server;

    opens localchat.server to
            info.picocli;
}
