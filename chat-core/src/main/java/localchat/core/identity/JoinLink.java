package localchat.core.identity;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import localchat.core.identity.JoinLinkException.Fault;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;

/// Where a server is, which key it has, and perhaps a code that lets a newcomer in:
/// `localchat://HOST:PORT[,HOST:PORT…]/?key=KEY&invite=CODE`. PROTOCOL.md, "Join links".
///
/// @param addresses 1 to [#ADDRESSES_MAX], the best first, none twice, none with an IPv6 zone,
///   which means something on one machine only
/// @param key the hash that names the server, [Fingerprints#ofServerKey]
/// @param invite 1 to [#INVITE_CHARACTERS_MAX] of `A-Z a-z 0-9 - . _ ~`
public record JoinLink(List<ServerAddress> addresses, Digest32 key, Optional<String> invite) {
    /// Most addresses; a link with more is refused. Reason: a machine has an address for each
    /// network and a name or two, and a client tries them one after the other.
    public static final int ADDRESSES_MAX = 8;

    /// Longest invite code, in characters; a link with a longer one is refused. Reason: the
    /// protocol takes none longer.
    public static final int INVITE_CHARACTERS_MAX = 128;

    /// Longest link that is read, in characters, white space around it not counted; a longer one is
    /// refused before it is looked at. Reason: what the largest QR code holds; the longest link
    /// that we print has less.
    public static final int LENGTH_MAX = 2_953;

    private static final String SCHEME = "localchat://";
    private static final String KEY = "key";
    private static final String INVITE = "invite";
    private static final Pattern INVITE_CODE =
            Pattern.compile("[A-Za-z0-9._~-]{1," + INVITE_CHARACTERS_MAX + "}");

    /// What an address is made of; a `%` only where an IPv6 zone is.
    private static final Pattern ADDRESS_CHARACTERS =
            Pattern.compile(
                    "[A-Za-z0-9._:\\[\\]-]*|\\[[0-9A-Fa-f:.]+%[A-Za-z0-9._-]+](?::[0-9]+)?");

    /// Characters of a key: 32 bytes in base64url without padding.
    private static final int KEY_CHARACTERS = 43;

    /// @throws JoinLinkException when it cannot be a link
    public JoinLink {
        addresses = List.copyOf(addresses);
        requireAddresses(addresses);
        if (invite.isPresent() && !INVITE_CODE.matcher(invite.get()).matches()) {
            throw new JoinLinkException(
                    Fault.BAD_INVITE,
                    "The invite code must be 1 to "
                            + INVITE_CHARACTERS_MAX
                            + " letters, digits, or - . _ ~ in ASCII.");
        }
    }

    private static void requireAddresses(List<ServerAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new JoinLinkException(Fault.BAD_ADDRESS, "The link has no address.");
        }
        requireFew(addresses.size());
        for (ServerAddress address : addresses) {
            if (address.host().contains("%")) {
                throw new JoinLinkException(
                        Fault.BAD_ADDRESS,
                        "The address "
                                + address
                                + " has a zone, which means something on one computer only.");
            }
        }
        if (new HashSet<>(addresses).size() < addresses.size()) {
            throw new JoinLinkException(Fault.BAD_ADDRESS, "The link has an address twice.");
        }
    }

    private static void requireFew(int addresses) {
        if (addresses > ADDRESSES_MAX) {
            throw new JoinLinkException(
                    Fault.TOO_MANY_ADDRESSES,
                    "The link has "
                            + addresses
                            + " addresses; at most "
                            + ADDRESSES_MAX
                            + " are allowed.");
        }
    }

    /// Reads a link as a person pasted it, white space around it and all.
    ///
    /// @throws JoinLinkException when it is none
    public static JoinLink parse(String text) {
        String link = text.strip();
        if (!link.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new JoinLinkException(
                    Fault.NO_LINK, "This is not a join link: one begins with " + SCHEME + ".");
        }
        requireShortAndPlain(link);
        String rest = link.substring(SCHEME.length());
        int query = rest.indexOf('?');
        String hosts = query < 0 ? rest : rest.substring(0, query);
        List<ServerAddress> addresses =
                parseAddresses(
                        hosts.endsWith("/") ? hosts.substring(0, hosts.length() - 1) : hosts);
        Map<String, String> parameters =
                query < 0 ? Map.of() : parseParameters(rest.substring(query + 1));
        return new JoinLink(
                addresses,
                requireKey(parameters.get(KEY)),
                Optional.ofNullable(parameters.get(INVITE)));
    }

    private static void requireShortAndPlain(String link) {
        if (link.length() > LENGTH_MAX) {
            throw new JoinLinkException(
                    Fault.TOO_LONG,
                    "The link has "
                            + link.length()
                            + " characters; at most "
                            + LENGTH_MAX
                            + " are allowed.");
        }
        int at = 0;
        while (at < link.length() && link.charAt(at) > ' ' && link.charAt(at) < 0x7F) {
            at++;
        }
        if (at < link.length()) {
            throw new JoinLinkException(
                    Fault.BAD_CHARACTER,
                    "The link has a space or a character that no link has, at place "
                            + (at + 1)
                            + ".");
        }
    }

    private static List<ServerAddress> parseAddresses(String hosts) {
        String[] texts = hosts.split(",", -1);
        requireFew(texts.length);
        List<ServerAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            requireAddressCharacters(text);
            if (!text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':')) {
                throw new JoinLinkException(
                        Fault.BAD_ADDRESS,
                        "In a link an IPv6 address stands in brackets: [" + text + "].");
            }
            try {
                addresses.add(ServerAddress.parse(text));
            } catch (IllegalArgumentException e) {
                throw new JoinLinkException(
                        Fault.BAD_ADDRESS, "The link has a bad address: " + e.getMessage() + ".");
            }
        }
        return addresses;
    }

    /// A link that lost its `?` has the key and the code where addresses should be: no complaint
    /// repeats what cannot be a part of an address.
    private static void requireAddressCharacters(String text) {
        if (!ADDRESS_CHARACTERS.matcher(text).matches()) {
            throw new JoinLinkException(
                    Fault.BAD_ADDRESS,
                    "The link has a character among its addresses that no address has; perhaps"
                            + " the ? behind them is missing.");
        }
    }

    private static Map<String, String> parseParameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (name.isEmpty()) {
                throw new JoinLinkException(
                        Fault.BAD_PARAMETER, "The link has a parameter without a name.");
            }
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (parameters.putIfAbsent(name, value) != null) {
                throw new JoinLinkException(Fault.BAD_PARAMETER, "The link has a parameter twice.");
            }
        }
        return parameters;
    }

    private static Digest32 requireKey(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            throw new JoinLinkException(
                    Fault.NO_KEY, "The link has no key; perhaps it was cut off.");
        }
        return parseKey(text);
    }

    /// A key as a link has it.
    ///
    /// @throws JoinLinkException when it is none
    public static Digest32 parseKey(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            // The decoder takes padding and spare bits: one text for one key.
            if (encodeKey(bytes).equals(text)) {
                return new Digest32(bytes);
            }
        } catch (IllegalArgumentException e) {
            // Not base64url, or not 32 bytes: said below.
        }
        throw new JoinLinkException(
                Fault.BAD_KEY,
                "The link's key is damaged: it must be "
                        + KEY_CHARACTERS
                        + " letters, digits, or - _; perhaps the link was cut off.");
    }

    private static String encodeKey(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The link as it is given to people, the invite code included.
    public String text() {
        return withoutInvite() + invite.map(code -> "&" + INVITE + "=" + code).orElse("");
    }

    private String withoutInvite() {
        return SCHEME
                + addresses.stream().map(ServerAddress::toString).collect(Collectors.joining(","))
                + "/?"
                + KEY
                + "="
                + keyText(key);
    }

    /// A key as a link has it: base64url without padding.
    public static String keyText(Digest32 key) {
        return encodeKey(key.bytes());
    }

    /// The link for a log: with `…` in place of the invite code, which is a secret.
    @Override
    public String toString() {
        return withoutInvite() + (invite.isPresent() ? "&" + INVITE + "=…" : "");
    }
}
