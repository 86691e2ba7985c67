package localchat.server.account;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The codes that came with a login, as they were typed.
public final class LoginCodes {
    /// Nobody brought any.
    public static final LoginCodes NONE = new LoginCodes();

    private final Map<CodeKind, String> typed = new EnumMap<>(CodeKind.class);

    private LoginCodes() {}

    /// Those of these that are not empty.
    public static LoginCodes of(String invite, String device, String recovery, String admin) {
        LoginCodes codes = new LoginCodes();
        codes.add(CodeKind.INVITE, invite);
        codes.add(CodeKind.DEVICE, device);
        codes.add(CodeKind.RECOVERY, recovery);
        codes.add(CodeKind.ADMIN, admin);
        return codes;
    }

    private void add(CodeKind kind, String code) {
        if (!code.isEmpty()) {
            typed.put(kind, code);
        }
    }

    Optional<String> of(CodeKind kind) {
        return Optional.ofNullable(typed.get(kind));
    }

    Iterable<CodeKind> kinds() {
        return typed.keySet();
    }
}
