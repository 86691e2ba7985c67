package localchat.core.client;

import localchat.core.model.ErrorCode;

/// The server refused a request, or the session ended before the answer.
public final class RequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final long retryAfterMillis;

    /// @param text English, for a person
    public RequestException(ErrorCode code, String text) {
        this(code, text, 0);
    }

    /// @param text English, for a person
    /// @param retryAfterMillis how long the server asks to wait before another attempt; 0 for
    ///   nothing
    public RequestException(ErrorCode code, String text, long retryAfterMillis) {
        super(text);
        this.code = code;
        this.retryAfterMillis = retryAfterMillis;
    }

    static RequestException of(PendingRequests.Refused refused) {
        return new RequestException(refused.code(), refused.text(), refused.retryAfterMillis());
    }

    /// What kind of refusal it was.
    public ErrorCode code() {
        return code;
    }

    /// How long the server asks to wait before another attempt, in milliseconds; 0 for nothing.
    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
