package localchat.core.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import localchat.core.model.Digest32;

/// The Ed25519 key of one client profile. Whoever has it is this device.
public final class DeviceKey {
    private final byte[] rawPublicKey;
    private final PublicKey publicKey;
    private final PrivateKey privateKey;

    private DeviceKey(KeyPair pair) {
        this.publicKey = pair.getPublic();
        this.privateKey = pair.getPrivate();
        byte[] spki = publicKey.getEncoded();
        this.rawPublicKey = Arrays.copyOfRange(spki, LoginProof.SPKI_PREFIX.length, spki.length);
    }

    /// A new key from the platform's strong random source.
    public static DeviceKey generate() {
        try {
            return new DeviceKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /// Reads the key in `file`, or makes a new one there, readable by its owner alone where the
    /// file system can say so. The file is written whole and then moved into place, so that a crash
    /// leaves either none or a good one.
    ///
    /// @throws IOException when the file cannot be read or written, or is not a device key; the
    ///   message names the file and is fit to be shown
    public static DeviceKey loadOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            write(file, generate());
        }
        return load(file);
    }

    private static DeviceKey load(Path file) throws IOException {
        List<String> lines = readLines(file);
        if (lines.size() < 3 || !lines.get(0).equals(HEADER)) {
            throw new IOException(file + " is not a device key of Local Chat");
        }
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            byte[] spki = Base64.getDecoder().decode(lines.get(1));
            byte[] pkcs8 = Base64.getDecoder().decode(lines.get(2));
            DeviceKey key =
                    new DeviceKey(
                            new KeyPair(
                                    factory.generatePublic(new X509EncodedKeySpec(spki)),
                                    factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8))));
            byte[] probe = {1};
            if (!LoginProof.verify(key.rawPublicKey, probe, key.sign(probe))) {
                throw new IOException(file + " is damaged: its two halves do not belong together");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    /// Any bytes are Latin-1: what is no key is told by its lines, not by its encoding.
    private static List<String> readLines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e, e);
        }
    }

    private static final String HEADER = "localchat-device-key-v1";

    private static void write(Path file, DeviceKey key) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        String text =
                String.join(
                        "\n",
                        HEADER,
                        base64.encodeToString(key.publicKey.getEncoded()),
                        base64.encodeToString(key.privateKey.getEncoded()),
                        "");
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is not a place for a file");
        }
        Files.createDirectories(folder);
        Path draft =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? Files.createTempFile(
                                folder,
                                "device",
                                ".draft",
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")))
                        : Files.createTempFile(folder, "device", ".draft");
        try {
            try (var channel =
                    java.nio.channels.FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " was made by another process just now; try again", e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// A copy of the raw public key, [LoginProof#PUBLIC_KEY_BYTES] bytes.
    public byte[] rawPublicKey() {
        return rawPublicKey.clone();
    }

    /// The SHA-256 of the raw public key.
    public Digest32 deviceId() {
        return LoginProof.deviceId(rawPublicKey);
    }

    /// The login signature for this challenge, [LoginProof#SIGNATURE_BYTES] bytes.
    public byte[] proveLogin(Digest32 serverKeyHash, byte[] nonce) {
        return sign(LoginProof.signedBytes(serverKeyHash, nonce, deviceId()));
    }

    private byte[] sign(byte[] bytes) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(privateKey, new SecureRandom());
            signer.update(bytes);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a device key that was loaded signs", e);
        }
    }
}
