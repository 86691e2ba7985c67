package localchat.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Locale;

/// An address cannot be listened on. The message is one line for a person.
public final class ListenException extends IOException {
    private static final long serialVersionUID = 1;

    ListenException(InetSocketAddress address, String reason, Throwable cause) {
        super("cannot listen on " + HostPort.text(address) + ": " + reason, cause);
    }

    /// What a failed bind means, in words.
    static String reason(InetSocketAddress address, BindException e) {
        String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (said.contains("in use")) {
            return "port " + address.getPort() + " is in use by another program";
        }
        if (said.contains("assign")) {
            return "this machine does not have that address";
        }
        if (said.contains("denied")) {
            return "ports below 1024 need more rights than this user has";
        }
        return said;
    }
}
