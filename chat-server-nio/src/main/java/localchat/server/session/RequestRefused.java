package localchat.server.session;

import localchat.core.model.ErrorCode;

/// A request cannot be done; answered with an Error of this code and text. The text never contains
/// chat text.
final class RequestRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final int retryAfterMillis;

    RequestRefused(ErrorCode code, String text) {
        this(code, text, 0);
    }

    RequestRefused(ErrorCode code, String text, int retryAfterMillis) {
        super(text, null, false, false);
        this.code = code;
        this.retryAfterMillis = retryAfterMillis;
    }

    ErrorCode code() {
        return code;
    }

    String text() {
        String text = getMessage();
        return text == null ? code.name() : text;
    }

    int retryAfterMillis() {
        return retryAfterMillis;
    }
}
