package localchat.core.identity;

/// A text is no join link, or no link can be made of these parts. The message is an English
/// sentence for a person; it never has the key or the invite code in it, so it may be logged.
public final class JoinLinkException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /// What is wrong, for front ends that say it in their own words.
    public enum Fault {
        /// It does not begin with `localchat://`.
        NO_LINK,
        /// It has more than [JoinLink#LENGTH_MAX] characters.
        TOO_LONG,
        /// It has white space inside, or anything that is not ASCII.
        BAD_CHARACTER,
        /// It has no address, or one that is none, or one with a zone, or one twice.
        BAD_ADDRESS,
        /// It has more than [JoinLink#ADDRESSES_MAX] addresses.
        TOO_MANY_ADDRESSES,
        /// It has no key: perhaps it was cut off.
        NO_KEY,
        /// Its key is none: perhaps it was cut off.
        BAD_KEY,
        /// Its invite code cannot be one.
        BAD_INVITE,
        /// A parameter comes twice, or has no name.
        BAD_PARAMETER
    }

    private final Fault fault;

    JoinLinkException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /// What is wrong.
    public Fault fault() {
        return fault;
    }
}
