package localchat.core.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// A server's host and port as a person writes them: `chat.example`, `192.168.1.5:7667`,
/// `[::1]:7667`.
///
/// @param host a name or an address, IPv6 without brackets
/// @param port 1 to 65535
public record ServerAddress(String host, int port) {
    /// The port of a server that was told none.
    public static final int DEFAULT_PORT = 7667;

    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6_CHARACTERS =
            Pattern.compile("[0-9A-Fa-f:.]+(?:%[0-9A-Za-z._-]+)?");
    private static final Pattern HOST_NAME =
            Pattern.compile(
                    "(?=.{1,253}\\.?$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*"
                            + "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?");

    /// @throws IllegalArgumentException with words for a person when host or port is malformed
    public ServerAddress {
        hostFault(host)
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault);
                });
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port must be 1 to 65535, not " + port);
        }
    }

    /// Reads `HOST`, `HOST:PORT`, `[IPV6]`, `[IPV6]:PORT` or a bare IPv6 address.
    ///
    /// @throws IllegalArgumentException with words for a person
    public static ServerAddress parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("[")) {
            int end = trimmed.indexOf(']');
            if (end < 0) {
                throw new IllegalArgumentException("the address \"" + trimmed + "\" lacks its ]");
            }
            String rest = trimmed.substring(end + 1);
            String host = trimmed.substring(1, end);
            if (!host.contains(":")) {
                throw new IllegalArgumentException(
                        "only an IPv6 address stands in brackets: " + trimmed);
            }
            if (rest.isEmpty()) {
                return new ServerAddress(host, DEFAULT_PORT);
            }
            if (!rest.startsWith(":")) {
                throw new IllegalArgumentException("after ] comes :PORT, not \"" + rest + "\"");
            }
            return new ServerAddress(host, parsePort(rest.substring(1)));
        }
        int colon = trimmed.indexOf(':');
        if (colon < 0 || trimmed.indexOf(':', colon + 1) >= 0) {
            return new ServerAddress(trimmed, DEFAULT_PORT);
        }
        return new ServerAddress(
                trimmed.substring(0, colon), parsePort(trimmed.substring(colon + 1)));
    }

    /// A port as text, 1 to 65535.
    ///
    /// @throws IllegalArgumentException with words for a person
    public static int parsePort(String text) {
        if (!text.matches("[0-9]{1,5}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException(
                    "the port must be a number from 1 to 65535, not \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    /// What is wrong with this text as a host, in English for a person, without asking any name
    /// server; empty when it is well formed.
    public static Optional<String> hostFault(String host) {
        if (host.isBlank()) {
            return Optional.of("the server's address is empty");
        }
        if (host.contains(":")) {
            return isIpv6(host)
                    ? Optional.empty()
                    : Optional.of("\"" + host + "\" is not an IPv6 address");
        }
        if (DIGITS_AND_DOTS.matcher(host).matches()) {
            return IPV4.matcher(host).matches()
                    ? Optional.empty()
                    : Optional.of("\"" + host + "\" is not an IPv4 address");
        }
        return HOST_NAME.matcher(host).matches()
                ? Optional.empty()
                : Optional.of("\"" + host + "\" is not a host name or address");
    }

    /// Whether the text is an IPv6 literal. Only literals reach the platform's parser, which asks
    /// no name server for text with a colon in it.
    private static boolean isIpv6(String host) {
        if (!IPV6_CHARACTERS.matcher(host).matches()) {
            return false;
        }
        try {
            int zone = host.indexOf('%');
            String literal = zone < 0 ? host : host.substring(0, zone);
            java.net.Inet6Address.ofLiteral(literal);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Whether it surely is this machine itself: a loopback address, or the name `localhost`.
    public boolean isLoopback() {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return java.net.InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// `HOST:PORT`, IPv6 in brackets.
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
