package localchat.core.client;

import java.time.Duration;
import localchat.core.identity.DeviceKey;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;

/// What a session needs to begin.
///
/// @param server where to connect; resolved anew for each attempt
/// @param trust how the server is known to be the one that is meant
/// @param name the name to log in with
/// @param firstRoom entered by itself after the first login
/// @param key the profile's device key
/// @param clientName for the server's log and device lists, at most 64 bytes of UTF-8
/// @param connectTimeout longest wait for one connection with its login, above 0
/// @param reconnect whether a lost connection is made again by itself; the very first one never is
///   retried
/// @param deviceName for people's lists of devices, at most 64 bytes of UTF-8; may be empty
/// @param admittance a code for the next login alone
public record SessionConfig(
        ServerAddress server,
        ServerTrust trust,
        UserName name,
        RoomName firstRoom,
        DeviceKey key,
        String clientName,
        Duration connectTimeout,
        boolean reconnect,
        String deviceName,
        Admittance admittance) {
    /// @throws IllegalArgumentException when the timeout is not above 0
    public SessionConfig {
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "the connect timeout is above 0, not " + connectTimeout);
        }
    }

    /// A device without a name and without a code.
    public SessionConfig(
            ServerAddress server,
            ServerTrust trust,
            UserName name,
            RoomName firstRoom,
            DeviceKey key,
            String clientName,
            Duration connectTimeout,
            boolean reconnect) {
        this(
                server,
                trust,
                name,
                firstRoom,
                key,
                clientName,
                connectTimeout,
                reconnect,
                "",
                Admittance.none());
    }

    /// The same with a code for the next login.
    public SessionConfig withAdmittance(Admittance code) {
        return with(deviceName, code);
    }

    /// The same with a name for people's lists of devices.
    public SessionConfig withDeviceName(String device) {
        return with(device, admittance);
    }

    private SessionConfig with(String device, Admittance code) {
        return new SessionConfig(
                server,
                trust,
                name,
                firstRoom,
                key,
                clientName,
                connectTimeout,
                reconnect,
                device,
                code);
    }
}
