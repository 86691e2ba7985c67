import org.jspecify.annotations.NullMarked;

/// The clients: the window and the terminal.
@NullMarked
module localchat.client {
    requires static org.jspecify;
    requires atlantafx.base;
    requires info.picocli;
    requires javafx.controls;
    requires java.logging;
    requires localchat.core;
    requires net.harawata.appdirs;
    requires org.fxmisc.flowless;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires org.kordamp.ikonli.core;
    requires org.kordamp.ikonli.javafx;
    requires org.kordamp.ikonli.material2;
    requires reactfx;

    // JavaFX makes the application, picocli fills its options.
    exports localchat.client.fx to
            javafx.graphics;

    opens localchat.client.fx to
            info.picocli;
}
