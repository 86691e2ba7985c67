package localchat.core.model;

import java.util.Optional;

/// A person's name as shown to others: NFC, 1 to [#BYTES_MAX] bytes of UTF-8, nothing invisible.
///
/// A name that somebody chooses has to pass [#fault], which is stricter: its rules come with
/// Unicode's data and grow with it. A name once given stays a name, so that no new rule keeps a
/// server from its own people or a client from showing them.
///
/// @param value the canonical form
public record UserName(String value) {
    /// Longest name, in bytes of UTF-8. Reason: 16 characters of any script; long enough for first
    /// and last name in most, short enough for one line in a list.
    public static final int BYTES_MAX = 64;

    private static final String WHAT = "the name";

    /// @throws IllegalArgumentException with words for a person when it is not showable
    public UserName {
        value = Names.canonical(value);
        Names.fault(WHAT, value, BYTES_MAX)
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault);
                });
    }

    /// Whether this text is a name that somebody may have, chosen under whatever rules.
    public static boolean isShowable(String raw) {
        return Names.fault(WHAT, Names.canonical(raw), BYTES_MAX).isEmpty();
    }

    /// What keeps people from choosing this text as their name, in English for a person; empty when
    /// nothing does, but that another name may look like it: see [#skeleton].
    public static Optional<String> fault(String raw) {
        String name = Names.canonical(raw);
        return Names.fault(WHAT, name, BYTES_MAX)
                .or(() -> NameRules.fault(WHAT, name))
                .or(() ->
                        ReservedNames.wordLike(name)
                                .map(word ->
                                        WHAT
                                                + " looks like \""
                                                + word
                                                + "\", which nobody may be called"));
    }

    /// How the name looks: of two names that look alike a server refuses the later.
    public NameSkeleton skeleton() {
        return NameSkeleton.of(value);
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
