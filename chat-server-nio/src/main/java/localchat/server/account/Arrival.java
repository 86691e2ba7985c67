package localchat.server.account;

import localchat.core.model.Digest32;
import localchat.core.model.UserName;

/// Somebody who proved to have a device's key and wants to come in.
///
/// @param name what it wants to be called
/// @param deviceName and
/// @param clientName as in [AccountRecord.Device]
public record Arrival(
        UserName name,
        Digest32 device,
        String deviceName,
        String clientName,
        Source source,
        LoginCodes codes) {}
