package localchat.core.model;

import java.util.Optional;

/// A person's name as shown to others: NFC, 1 to [#BYTES_MAX] bytes of UTF-8, nothing invisible.
///
/// @param value the canonical form
public record UserName(String value) {
    /// Longest name, in bytes of UTF-8. Reason: 16 characters of any script; long enough for first
    /// and last name in most, short enough for one line in a list.
    public static final int BYTES_MAX = 64;

    /// @throws IllegalArgumentException with words for a person when [#fault] finds one
    public UserName {
        value = Names.canonical(value);
        fault(value)
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault);
                });
    }

    /// What is wrong with this text as a name, in English for a person; empty when it is one.
    public static Optional<String> fault(String raw) {
        return Names.fault("the name", Names.canonical(raw), BYTES_MAX);
    }

    /// The form in which two names are the same: `Ana` and `ANA` fold alike.
    public String folded() {
        return Names.folded(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
