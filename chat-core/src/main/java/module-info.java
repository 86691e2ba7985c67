import org.jspecify.annotations.NullMarked;

/// What server and clients share: the values of the chat, the wire, the keys, and the session that
/// every front end uses.
@NullMarked
module localchat.core {
    requires static org.jspecify;
    requires com.google.protobuf;
    requires java.sql;
    requires net.harawata.appdirs;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.xerial.sqlitejdbc;

    exports localchat.core.model;
    exports localchat.core.protocol;
    exports localchat.core.protocol.wire;
    exports localchat.core.identity;
    exports localchat.core.client;
}
