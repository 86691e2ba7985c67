package localchat.core.identity;

import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;

/// What both sides set alike.
final class TlsSettings {
    static final String PROTOCOL = "TLSv1.3";

    /// All that TLS 1.3 has on this platform, the cheapest first: AES is done by nearly every
    /// processor itself.
    private static final String[] CIPHER_SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    private TlsSettings() {}

    /// Leaves of these parameters what we speak: TLS 1.3 and its cipher suites; of the platform's
    /// key exchanges those on elliptic curves, and what later platforms add against quantum
    /// computers. Reason: a stranger could make a server compute a finite-field exchange of 8,192
    /// bits, which costs a hundred times as much.
    static void restrict(SSLParameters parameters) {
        parameters.setProtocols(new String[] {PROTOCOL});
        parameters.setCipherSuites(CIPHER_SUITES.clone());
        String[] groups = parameters.getNamedGroups();
        if (groups != null) {
            parameters.setNamedGroups(
                    Stream.of(groups)
                            .filter(group -> !group.startsWith("ffdhe"))
                            .toArray(String[]::new));
        }
    }
}
