package localchat.core.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import localchat.core.model.Digest32;

/// How a server's key came to be: each older key signed the next one, so that who knows an older
/// key can follow to the newest. Every signature of a value that exists was checked. PROTOCOL.md,
/// "Succession".
///
/// Encoded, a succession is its links one after the other, the oldest first, each of [#LINK_BYTES]:
/// the old key's SubjectPublicKeyInfo (91), the hash of the new key's (32), the signature (64).
///
/// It protects against nobody who has an old key: who stole one can name a successor too.
public final class KeySuccession {
    /// Most links. Of a longer succession the newest are kept, and a client that knows only an
    /// older key takes the server for another one. Reason: bounds what a handshake carries and
    /// checks; eight new keys are more than a server needs in its life.
    public static final int LINKS_MAX = 8;

    /// Bytes of a DER SubjectPublicKeyInfo for P-256 with an uncompressed point (RFC 5480).
    private static final int SPKI_BYTES = 91;

    /// Bytes of an ECDSA signature for P-256 in the form of IEEE P1363: r and s, 32 bytes each.
    private static final int SIGNATURE_BYTES = 64;

    /// Bytes of an encoded link.
    public static final int LINK_BYTES = SPKI_BYTES + Digest32.BYTES + SIGNATURE_BYTES;

    private static final String SIGNATURE = "SHA256withECDSAinP1363Format";

    private static final byte[] CONTEXT =
            "localchat-key-succession-v1\0".getBytes(StandardCharsets.US_ASCII);

    private static final KeySuccession NONE = new KeySuccession(List.of());

    private final List<Link> links;

    private KeySuccession(List<Link> links) {
        this.links = links;
    }

    /// One old key naming the next.
    private static final class Link {
        private final byte[] encoded;
        private final Digest32 oldHash;
        private final Digest32 newHash;

        Link(byte[] encoded) {
            this.encoded = encoded;
            this.oldHash = Fingerprints.sha256(oldSpki());
            this.newHash = new Digest32(part(SPKI_BYTES, Digest32.BYTES));
        }

        private byte[] oldSpki() {
            return part(0, SPKI_BYTES);
        }

        private byte[] part(int from, int length) {
            return Arrays.copyOfRange(encoded, from, from + length);
        }

        boolean isSigned() {
            byte[] spki = oldSpki();
            try {
                PublicKey key =
                        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
                Signature verifier = Signature.getInstance(SIGNATURE);
                verifier.initVerify(key);
                verifier.update(signedBytes(oldHash, newHash));
                return verifier.verify(part(SPKI_BYTES + Digest32.BYTES, SIGNATURE_BYTES));
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    /// The succession of a first key: nobody was before it.
    public static KeySuccession none() {
        return NONE;
    }

    /// Reads and checks 1 to [#LINKS_MAX] links. Takes some tenths of a millisecond a link: not for
    /// the loop thread.
    ///
    /// @throws IllegalArgumentException when it is malformed, when a signature does not hold, when
    ///   a link does not begin where the one before ended, or when a key comes twice
    public static KeySuccession decode(byte[] encoded) {
        if (encoded.length == 0
                || encoded.length % LINK_BYTES != 0
                || encoded.length > LINKS_MAX * LINK_BYTES) {
            throw new IllegalArgumentException(
                    "a succession has 1 to "
                            + LINKS_MAX
                            + " links of "
                            + LINK_BYTES
                            + " bytes, not "
                            + encoded.length
                            + " bytes");
        }
        List<Link> links = new ArrayList<>();
        for (int at = 0; at < encoded.length; at += LINK_BYTES) {
            links.add(new Link(Arrays.copyOfRange(encoded, at, at + LINK_BYTES)));
        }
        requireUnbroken(links);
        for (Link link : links) {
            if (!link.isSigned()) {
                throw new IllegalArgumentException(
                        "key " + link.oldHash + " did not sign its successor");
            }
        }
        return new KeySuccession(List.copyOf(links));
    }

    private static void requireUnbroken(List<Link> links) {
        Set<Digest32> keys = new HashSet<>();
        keys.add(links.getFirst().oldHash);
        Digest32 current = links.getFirst().oldHash;
        for (Link link : links) {
            if (!link.oldHash.equals(current)) {
                throw new IllegalArgumentException(
                        "the succession breaks off at key "
                                + current
                                + ": key "
                                + link.oldHash
                                + " follows");
            }
            current = link.newHash;
            if (!keys.add(current)) {
                throw new IllegalArgumentException("key " + current + " succeeds itself");
            }
        }
    }

    /// What an old key signs: context and zero byte (28), both hashes (32 each).
    static byte[] signedBytes(Digest32 oldHash, Digest32 newHash) {
        return ByteBuffer.allocate(CONTEXT.length + 2 * Digest32.BYTES)
                .put(CONTEXT)
                .put(oldHash.bytes())
                .put(newHash.bytes())
                .array();
    }

    /// This succession and one more link, in which the owner of the key pair given names the next
    /// key. Past [#LINKS_MAX] the oldest link goes.
    ///
    /// @param oldPublic the key that this succession leads to, any P-256 key when it is empty
    /// @throws IllegalArgumentException when the result would be no succession
    KeySuccession followedBy(PublicKey oldPublic, PrivateKey oldPrivate, Digest32 newHash)
            throws GeneralSecurityException {
        byte[] spki = oldPublic.getEncoded();
        Signature signer = Signature.getInstance(SIGNATURE);
        signer.initSign(oldPrivate);
        signer.update(signedBytes(Fingerprints.sha256(spki), newHash));
        byte[] link =
                ByteBuffer.allocate(LINK_BYTES)
                        .put(spki)
                        .put(newHash.bytes())
                        .put(signer.sign())
                        .array();

        int kept = Math.min(links.size(), LINKS_MAX - 1);
        ByteBuffer longer = ByteBuffer.allocate((kept + 1) * LINK_BYTES);
        links.subList(links.size() - kept, links.size()).forEach(each -> longer.put(each.encoded));
        return decode(longer.put(link).array());
    }

    /// How many links there are.
    public int size() {
        return links.size();
    }

    /// Whether the key `from` named, by itself or through others, `to`, and `to` is the newest of
    /// all. No key leads to itself.
    public boolean leads(Digest32 from, Digest32 to) {
        return endsIn(to) && links.stream().anyMatch(link -> link.oldHash.equals(from));
    }

    /// Whether this may be the succession of the key `current`.
    boolean endsIn(Digest32 current) {
        return !links.isEmpty() && links.getLast().newHash.equals(current);
    }

    /// The links' bytes; none at all for a first key.
    public byte[] encoded() {
        ByteBuffer all = ByteBuffer.allocate(links.size() * LINK_BYTES);
        links.forEach(link -> all.put(link.encoded));
        return all.array();
    }
}
