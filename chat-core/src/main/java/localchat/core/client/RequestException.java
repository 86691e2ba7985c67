package localchat.core.client;

import localchat.core.model.ErrorCode;

/// The server refused a request, or the session ended before the answer.
public final class RequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    /// @param text English, for a person
    public RequestException(ErrorCode code, String text) {
        super(text);
        this.code = code;
    }

    /// What kind of refusal it was.
    public ErrorCode code() {
        return code;
    }
}
