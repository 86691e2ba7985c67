package localchat.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import localchat.core.identity.LoginProof;
import localchat.core.model.Digest32;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.Login;
import org.junit.jupiter.api.Test;

/// How members log in.
class CredentialsTest {
    private static final byte[] SERVER = filled(1);
    private static final byte[] NONCE = filled(2);

    private static final Challenge CHALLENGE =
            Challenge.newBuilder()
                    .setServerKeyHash(ByteString.copyFrom(SERVER))
                    .setNonce(ByteString.copyFrom(NONCE))
                    .build();

    @Test
    void signsTheChallengeOfThisServer() {
        Login.Builder login = Credentials.SIGNED.answer(7, CHALLENGE);

        byte[] key = login.getDevicePublicKey().toByteArray();
        byte[] signed =
                LoginProof.signedBytes(new Digest32(SERVER), NONCE, LoginProof.deviceId(key));
        assertTrue(LoginProof.verify(key, signed, login.getSignature().toByteArray()));
        assertEquals("p00007", login.getUserName());
    }

    @Test
    void givesEverybodyAnotherDevice() {
        for (Credentials credentials : Credentials.values()) {
            assertNotEquals(
                    credentials.answer(0, CHALLENGE).getDevicePublicKey(),
                    credentials.answer(1, CHALLENGE).getDevicePublicKey(),
                    credentials.name());
        }
    }

    @Test
    void sendsKeyAndSignatureOfTheRightLengthWithoutProof() {
        Login.Builder login = Credentials.UNPROVEN.answer(7, CHALLENGE);

        assertEquals(LoginProof.PUBLIC_KEY_BYTES, login.getDevicePublicKey().size());
        assertEquals(LoginProof.SIGNATURE_BYTES, login.getSignature().size());
        assertEquals("p00007", login.getUserName());
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
