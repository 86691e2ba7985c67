package localchat.server.storage;

/// A transaction did not happen.
final class CommitException extends Exception {
    private static final long serialVersionUID = 1;

    private final StorageFault fault;

    CommitException(StorageFault fault, Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.fault = fault;
    }

    StorageFault fault() {
        return fault;
    }
}
