package localchat.core.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localchat.core.model.Digest32;

/// A server's long-lived key (ECDSA, P-256) and its certificate. The key **is** the server: clients
/// know it by [#hash].
///
/// Both lie in one file, [#FILE_NAME] in the server's data folder, as PEM: the private key, then
/// the certificate, which also carries the [KeySuccession]. One file, because its atomic
/// replacement leaves no moment in which key, certificate and succession do not fit together. A
/// file that other users can read is refused, not quietly made private: it may have been copied
/// already, and only a person can know.
///
/// No method here guards against another process in the same folder: the caller holds the folder's
/// lock. Making and reading a key take milliseconds: not for the loop thread.
public final class ServerKey {
    /// The file's name in the data folder.
    public static final String FILE_NAME = "server.key";

    /// Longest key file that is read, in bytes; a longer one is refused. Reason: with a full
    /// succession it has about 3,000.
    static final int FILE_BYTES_MAX = 16 * 1024;

    private static final Pattern PEM =
            Pattern.compile(
                    block("PRIVATE KEY", "key") + block("CERTIFICATE", "certificate"),
                    Pattern.DOTALL);

    private final KeyPair pair;
    private final X509Certificate certificate;
    private final KeySuccession succession;

    private ServerKey(KeyPair pair, X509Certificate certificate, KeySuccession succession) {
        this.pair = pair;
        this.certificate = certificate;
        this.succession = succession;
    }

    /// Whether the folder has a key, good or not. (A data folder with a database and without a key
    /// has lost it: making another would make another server.)
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(FILE_NAME), LinkOption.NOFOLLOW_LINKS);
    }

    /// A key that is nowhere but in memory, for a server that keeps nothing.
    public static ServerKey passing() {
        try {
            KeyPair pair = newPair();
            return new ServerKey(
                    pair,
                    ServerCertificate.selfSigned(pair, KeySuccession.none()),
                    KeySuccession.none());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with P-256", e);
        }
    }

    /// Makes a key in a folder that has none.
    ///
    /// @throws IOException when there is one, or it cannot be written; the message names the file
    ///   and is fit to be shown
    public static ServerKey create(Path folder) throws IOException {
        return create(folder, PrivateFile.Witness.NONE);
    }

    static ServerKey create(Path folder, PrivateFile.Witness witness) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (exists(folder)) {
            throw new IOException(file + " is there already and is not overwritten");
        }
        write(file, newPair(), KeySuccession.none(), witness);
        return load(folder);
    }

    /// Puts a new key in the place of the folder's, signed by it, so that clients follow. The old
    /// private key is gone then. A crash leaves the old key or the new one, whole. A server that
    /// runs on the old key must start anew.
    ///
    /// @return the new key
    /// @throws IOException as [#load], or when it cannot be written; then [#load] gives the one
    ///   that holds, as a rule the old one
    public static ServerKey rotate(Path folder) throws IOException {
        return rotate(folder, PrivateFile.Witness.NONE);
    }

    static ServerKey rotate(Path folder, PrivateFile.Witness witness) throws IOException {
        ServerKey old = load(folder);
        KeyPair next = newPair();
        KeySuccession longer;
        try {
            longer =
                    old.succession.followedBy(
                            old.pair.getPublic(),
                            old.pair.getPrivate(),
                            Fingerprints.ofServerKey(next.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a server key that was loaded signs", e);
        }
        write(folder.resolve(FILE_NAME), next, longer, witness);
        return load(folder);
    }

    private static void write(
            Path file, KeyPair pair, KeySuccession succession, PrivateFile.Witness witness)
            throws IOException {
        try {
            X509Certificate certificate = ServerCertificate.selfSigned(pair, succession);
            String text =
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                            + pem("CERTIFICATE", certificate.getEncoded());
            PrivateFile.deleteDrafts(file);
            PrivateFile.write(file, text.getBytes(StandardCharsets.US_ASCII), witness);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with P-256", e);
        } catch (IOException e) {
            // Those of the platform say what happened in their class, not in their message.
            boolean isOurs = e.getClass() == IOException.class;
            throw new IOException(file + " cannot be written: " + (isOurs ? e.getMessage() : e), e);
        }
    }

    /// Reads the folder's key.
    ///
    /// @throws IOException when there is none, when it is damaged, or when other users can read it;
    ///   the message names the file and is fit to be shown
    public static ServerKey load(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!exists(folder)) {
            throw new IOException(file + " is missing");
        }
        byte[] content = PrivateFile.read(file, FILE_BYTES_MAX);
        // Any bytes are Latin-1: what is no key is told by its form, not by its encoding.
        Matcher pem = PEM.matcher(new String(content, StandardCharsets.ISO_8859_1));
        if (!pem.matches()) {
            throw new IOException(file + " is not a server key of Local Chat, or is damaged");
        }
        try {
            return parse(
                    Base64.getMimeDecoder().decode(pem.group("key")),
                    Base64.getMimeDecoder().decode(pem.group("certificate")));
        } catch (GeneralSecurityException | RuntimeException e) {
            // The parsers of damaged bytes throw unchecked exceptions of many kinds.
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static ServerKey parse(byte[] pkcs8, byte[] der) throws GeneralSecurityException {
        X509Certificate certificate =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(der));
        PublicKey publicKey = certificate.getPublicKey();
        PrivateKey privateKey =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        requireP256(publicKey);
        requirePair(publicKey, privateKey);
        certificate.verify(publicKey);
        KeySuccession succession = ServerCertificate.successionIn(certificate);
        if (succession.size() > 0 && !succession.endsIn(Fingerprints.ofServerKey(publicKey))) {
            throw new GeneralSecurityException("its succession leads to another key");
        }
        return new ServerKey(new KeyPair(publicKey, privateKey), certificate, succession);
    }

    private static void requireP256(PublicKey key) throws GeneralSecurityException {
        if (!(key instanceof ECPublicKey ec) || ec.getParams().getOrder().bitLength() != 256) {
            throw new GeneralSecurityException("it is not a P-256 key");
        }
    }

    private static void requirePair(PublicKey publicKey, PrivateKey privateKey)
            throws GeneralSecurityException {
        byte[] probe = {1};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("its key and its certificate do not fit together");
        }
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    private static String pem(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private static String block(String what, String name) {
        return "-----BEGIN "
                + what
                + "-----\\R(?<"
                + name
                + ">[A-Za-z0-9+/=\\r\\n]+)-----END "
                + what
                + "-----\\R";
    }

    /// The hash that names the server: SHA-256 of its public key's SubjectPublicKeyInfo (DER).
    public Digest32 hash() {
        return Fingerprints.ofServerKey(pair.getPublic());
    }

    /// Self-signed, with nothing in it about anybody.
    public X509Certificate certificate() {
        return certificate;
    }

    /// The keys before this one.
    public KeySuccession succession() {
        return succession;
    }

    /// For TLS, which proves with it that this is the server.
    PrivateKey privateKey() {
        return pair.getPrivate();
    }

    /// The hash: nothing secret.
    @Override
    public String toString() {
        return "server key " + hash();
    }
}
