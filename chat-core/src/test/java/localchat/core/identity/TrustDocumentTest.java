package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.Digest32;
import org.junit.jupiter.api.Test;

/// Holds the values of PROTOCOL.md, "Trust", to the code.
class TrustDocumentTest {
    private static final String DOCUMENT = read();

    private final Map<String, String> vector = vector();
    private final Digest32 oldHash = new Digest32(bytes("old_key_hash"));
    private final Digest32 newHash = new Digest32(bytes("new_key_hash"));

    @Test
    void givesTheHashOfTheOldKey() {
        assertEquals(Fingerprints.sha256(bytes("old_key")), oldHash);
    }

    @Test
    void givesALinkOfASuccession() {
        byte[] link =
                ByteBuffer.allocate(KeySuccession.LINK_BYTES)
                        .put(bytes("old_key"))
                        .put(newHash.bytes())
                        .put(bytes("signature"))
                        .array();

        assertTrue(KeySuccession.decode(link).leads(oldHash, newHash));
    }

    @Test
    void givesTheWordsOfTheNewKey() {
        assertEquals(vector.get("words"), String.join(" ", KeyWords.of(newHash)));
    }

    @Test
    void givesTheJoinLinkOfTheNewKey() {
        JoinLink link = JoinLink.parse(vector.get("link"));

        assertEquals(newHash, link.key());
        assertEquals(Optional.of(vector.get("invite")), link.invite());
        assertEquals(
                "[192.168.1.5:7667, [fd00::5]:7667, box.local:7667]", link.addresses().toString());
        assertEquals(vector.get("link"), link.text());
    }

    @Test
    void givesTheLimitsAndNamesOfTheCode() {
        List<String> said =
                List.of(
                        String.format(
                                java.util.Locale.ROOT,
                                "At most %,d printable",
                                JoinLink.LENGTH_MAX),
                        "1 to " + JoinLink.ADDRESSES_MAX + ", none twice",
                        "1 to " + JoinLink.INVITE_CHARACTERS_MAX + " of",
                        "1 to " + KeySuccession.LINKS_MAX + " links",
                        "each of " + KeySuccession.LINK_BYTES + " bytes",
                        "`" + ServerCertificate.SUCCESSION + "`");

        said.forEach(words -> assertTrue(DOCUMENT.contains(words), words));
    }

    private byte[] bytes(String name) {
        return HexFormat.of().parseHex(vector.get(name).replace(" ", ""));
    }

    private static Map<String, String> vector() {
        String block = DOCUMENT.substring(DOCUMENT.indexOf("```trust\n") + 9);
        Map<String, String> values = new LinkedHashMap<>();
        String name = "";
        for (String line : block.substring(0, block.indexOf("```")).lines().toList()) {
            int equals = line.indexOf(" = ");
            if (equals >= 0) {
                name = line.substring(0, equals).strip();
            }
            values.merge(
                    name,
                    line.substring(equals < 0 ? 0 : equals + 3).strip(),
                    (before, more) -> before + " " + more);
        }
        return values;
    }

    private static String read() {
        try {
            return Files.readString(Path.of(System.getProperty("basedir", "."), "PROTOCOL.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
