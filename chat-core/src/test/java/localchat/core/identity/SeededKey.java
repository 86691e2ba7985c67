package localchat.core.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;

/// A device key made from a seed, as test vectors give it: RFC 8032 calls the seed the private key.
public final class SeededKey {
    private final KeyPair pair;

    private SeededKey(KeyPair pair) {
        this.pair = pair;
    }

    /// The key of these 32 bytes.
    public static SeededKey of(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
            return new SeededKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// The same pair as the platform has it.
    public KeyPair pair() {
        return pair;
    }

    /// The lines of a device key file.
    public String file() {
        Base64.Encoder base64 = Base64.getEncoder();
        return String.join(
                "\n",
                "localchat-device-key-v1",
                base64.encodeToString(pair.getPublic().getEncoded()),
                base64.encodeToString(pair.getPrivate().getEncoded()),
                "");
    }

    /// The key as a profile loads it.
    public DeviceKey device() {
        try {
            Path file = Files.createTempFile("seeded", ".key");
            try {
                Files.writeString(file, file());
                return DeviceKey.loadOrCreate(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] seed;

        FixedRandom(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new AssertionError("asked for " + bytes.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
