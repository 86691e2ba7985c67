package localchat.client.fx.login;

import java.util.Optional;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.Admittance;
import localchat.core.identity.JoinLink;
import localchat.core.identity.JoinLinkException;
import localchat.core.model.MessageText;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;

/// What is wrong with a field of the login, as a phrase that can be said in any language. Whether
/// something is wrong is always decided by the type the field becomes; here it only gets its words.
final class FieldFaults {
    private FieldFaults() {}

    static Optional<Phrase> ofName(String raw) {
        return UserName.fault(raw).map(english -> nameFault(raw.strip()));
    }

    /// A host, or a host with its port as in `chat.example:7667`.
    static Optional<Phrase> ofHost(String raw) {
        String host = raw.strip();
        if (host.isEmpty()) {
            return Optional.of(Phrase.of("fault.host.empty"));
        }
        if (Destination.isLink(host)) {
            return ofLink(host);
        }
        try {
            ServerAddress.parse(host);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            String key = host.matches("[0-9.]+(:.*)?") ? "fault.host.ipv4" : "fault.host.malformed";
            return Optional.of(Phrase.of(key, host));
        }
    }

    private static Optional<Phrase> ofLink(String link) {
        try {
            JoinLink.parse(link);
            return Optional.empty();
        } catch (JoinLinkException e) {
            return Optional.of(
                    switch (e.fault()) {
                        case NO_KEY, BAD_KEY -> Phrase.of("fault.link.cut");
                        default -> Phrase.of("fault.link.malformed");
                    });
        }
    }

    static Optional<Phrase> ofPort(String raw) {
        String port = raw.strip();
        if (port.isEmpty()) {
            return Optional.of(Phrase.of("fault.port.empty"));
        }
        try {
            ServerAddress.parsePort(port);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Phrase.of("fault.port.range"));
        }
    }

    /// An empty code is none, which is fine.
    static Optional<Phrase> ofCode(String raw) {
        return raw.isBlank()
                ? Optional.empty()
                : Admittance.fault(raw).map(english -> Phrase.of("fault.code.long"));
    }

    private static Phrase nameFault(String name) {
        if (name.isEmpty()) {
            return Phrase.of("fault.name.empty");
        }
        if (MessageText.utf8Length(name) > UserName.BYTES_MAX) {
            return Phrase.of("fault.name.long");
        }
        return name.codePoints()
                .filter(FieldFaults::isOfNoName)
                .mapToObj(point -> Phrase.of("fault.name.character", "U+%04X".formatted(point)))
                .findFirst()
                .orElseGet(() -> Phrase.of("fault.name.other"));
    }

    /// A mark that is at fault alone may have been none on its letter.
    private static boolean isOfNoName(int point) {
        String alone = "(" + Character.toString(point) + ")";
        int type = Character.getType(point);
        boolean isMark =
                type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        return isMark ? !UserName.isShowable(alone) : UserName.fault(alone).isPresent();
    }
}
