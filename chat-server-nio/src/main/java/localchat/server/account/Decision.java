package localchat.server.account;

import localchat.core.model.ErrorCode;

/// Whether somebody comes in.
public sealed interface Decision {
    /// As this person.
    ///
    /// @param becameAdmin by the code for the first administrator
    /// @param renamed the person is called otherwise than before
    record Admitted(Account account, boolean becameAdmin, boolean renamed) implements Decision {}

    /// Not now.
    ///
    /// @param text English, for a person; tells a stranger nothing of who exists, beyond that a
    ///   name is taken
    /// @param retryAfterMillis when it may be worth to try again; 0: not by itself
    record Refused(ErrorCode code, String text, int retryAfterMillis) implements Decision {}
}
