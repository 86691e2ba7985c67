package localchat.server.benchmark;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Locale;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.LoginProof;
import localchat.core.model.Digest32;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.Login;

/// How people answer the chat's challenge.
enum Credentials {
    /// With `--auth none` any key will do, and any signature of the right length.
    UNPROVEN,
    /// With a new device key each, and its signature.
    SIGNED;

    /// @param number of the person, from 0
    Login.Builder answer(int number, Challenge challenge) {
        Login.Builder login =
                Login.newBuilder().setUserName(String.format(Locale.ROOT, "p%05d", number));
        return switch (this) {
            case UNPROVEN -> {
                byte[] key =
                        ByteBuffer.allocate(LoginProof.PUBLIC_KEY_BYTES).putInt(number).array();
                yield login.setDevicePublicKey(ByteString.copyFrom(key))
                        .setSignature(ByteString.copyFrom(new byte[LoginProof.SIGNATURE_BYTES]));
            }
            case SIGNED -> {
                DeviceKey key = DeviceKey.generate();
                byte[] signature =
                        key.proveLogin(
                                new Digest32(challenge.getServerKeyHash().toByteArray()),
                                challenge.getNonce().toByteArray());
                yield login.setDevicePublicKey(ByteString.copyFrom(key.rawPublicKey()))
                        .setSignature(ByteString.copyFrom(signature));
            }
        };
    }
}
